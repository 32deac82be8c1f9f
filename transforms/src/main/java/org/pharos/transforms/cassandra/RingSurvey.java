package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.pharos.schemas.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a cluster how a table lies on its ring: which nodes hold which tokens, and how many bytes.
 *
 * <p>Each node of the local datacenter estimates its own primary ranges, every five minutes, from
 * what it has on disk: rows that are still in memory do not count, and a table that was truncated
 * counts as before for a while. A wrong estimate makes for uneven splits, never for wrong rows.
 */
final class RingSurvey {

  private static final Logger LOG = LoggerFactory.getLogger(RingSurvey.class);

  private static final String ESTIMATES =
      "SELECT range_start, range_end, partitions_count, mean_partition_size"
          + " FROM system.size_estimates WHERE keyspace_name = ? AND table_name = ?";

  private final CqlSession session;
  private final Table table;

  RingSurvey(CqlSession session, Table table) {
    this.session = session;
    this.table = table;
  }

  /**
   * All of the ring.
   *
   * @throws CassandraFailure if the cluster's partitioner is not Murmur3, or its ring is unknown
   */
  List<RingRange> ranges() {
    TokenMap tokens = tokenMap();
    Collection<Node> nodes = localNodes();
    SizeEstimates estimates = SizeEstimates.of(estimates(nodes));
    List<RingRange> ring = new ArrayList<>();
    for (TokenRange range : tokens.getTokenRanges()) {
      List<String> replicas = replicas(tokens, range, nodes);
      for (TokenSpan span :
          TokenSpan.unwrap(token(tokens, range.getStart()), token(tokens, range.getEnd()))) {
        ring.add(new RingRange(span, replicas, estimates.bytesIn(span)));
      }
    }
    return ring;
  }

  private TokenMap tokenMap() {
    TokenMap tokens =
        session
            .getMetadata()
            .getTokenMap()
            .orElseThrow(
                () ->
                    new CassandraFailure(
                        "Reading "
                            + table
                            + " needs the ring, and the driver's text turns it off: remove"
                            + " advanced.metadata.token-map.enabled = false"));
    if (!tokens.getPartitionerName().endsWith("Murmur3Partitioner")) {
      throw new CassandraFailure(
          table
              + " is partitioned by "
              + tokens.getPartitionerName()
              + "; whole tables are read from clusters with Murmur3Partitioner only. Look rows up"
              + " by their keys instead");
    }
    return tokens;
  }

  private static long token(
      TokenMap tokens, com.datastax.oss.driver.api.core.metadata.token.Token token) {
    return Long.parseLong(tokens.format(token));
  }

  /** The nodes that the driver would send requests to. */
  private Collection<Node> localNodes() {
    return session.getMetadata().getNodes().values().stream()
        .filter(
            node ->
                node.getDistance()
                    != com.datastax.oss.driver.api.core.loadbalancing.NodeDistance.IGNORED)
        .toList();
  }

  private List<String> replicas(TokenMap tokens, TokenRange range, Collection<Node> local) {
    Set<Node> replicas = tokens.getReplicas(CqlIdentifier.fromInternal(table.keyspace()), range);
    return replicas.stream()
        .filter(local::contains)
        .map(node -> node.getEndPoint().toString())
        .sorted()
        .toList();
  }

  private List<SizeEstimates.Estimate> estimates(Collection<Node> nodes) {
    Map<Node, CompletionStage<List<SizeEstimates.Estimate>>> answers = new HashMap<>();
    for (Node node : nodes) {
      if (node.getState() == NodeState.UP || node.getState() == NodeState.UNKNOWN) {
        answers.put(node, ask(node));
      }
    }
    List<SizeEstimates.Estimate> all = new ArrayList<>();
    answers.forEach(
        (node, answer) -> {
          try {
            all.addAll(answer.toCompletableFuture().join());
          } catch (CompletionException e) {
            // Only evenness is at stake: the others' average stands in. Reading decides what fails.
            LOG.warn(
                "{} does not estimate the size of {}: {}",
                node,
                table,
                String.valueOf(e.getCause()));
          }
        });
    return all;
  }

  private CompletionStage<List<SizeEstimates.Estimate>> ask(Node node) {
    SimpleStatement statement =
        SimpleStatement.newInstance(ESTIMATES, table.keyspace(), table.name())
            .setNode(node)
            .setPageSize(Integer.MAX_VALUE)
            .setConsistencyLevel(Consistency.ONE.toDriver())
            .setIdempotent(true);
    return session
        .executeAsync(statement)
        .thenApply(
            rows -> {
              List<SizeEstimates.Estimate> estimates = new ArrayList<>();
              rows.currentPage().forEach(row -> estimates.addAll(estimate(row)));
              return estimates;
            });
  }

  private static List<SizeEstimates.Estimate> estimate(Row row) {
    double bytes = (double) row.getLong("partitions_count") * row.getLong("mean_partition_size");
    List<TokenSpan> spans =
        TokenSpan.unwrap(
            Long.parseLong(String.valueOf(row.getString("range_start"))),
            Long.parseLong(String.valueOf(row.getString("range_end"))));
    double width = spans.stream().mapToDouble(TokenSpan::width).sum();
    return spans.stream()
        .map(span -> new SizeEstimates.Estimate(span, bytes * span.width() / width))
        .toList();
  }
}
