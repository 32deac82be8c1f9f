package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import com.datastax.oss.driver.api.core.metadata.token.Token;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.pharos.schemas.Table;

/** Which nodes hold which tokens of a table: all replicas, in all datacenters. */
final class ReplicaRing {
  private final List<Part> parts;

  /** Tokens, and the nodes that hold them. */
  record Part(TokenSpan span, Set<Node> nodes) {}

  private ReplicaRing(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * The ring as the cluster has it now.
   *
   * @throws CassandraFailure if the driver does not know it, or the partitioner is not Murmur3
   */
  static ReplicaRing of(CqlSession session, Table table) {
    TokenMap tokens =
        session
            .getMetadata()
            .getTokenMap()
            .filter(map -> map.getPartitionerName().endsWith("Murmur3Partitioner"))
            .orElseThrow(
                () ->
                    new CassandraFailure(
                        "Loading "
                            + table
                            + " in bulk needs the ring of a cluster with Murmur3Partitioner, and a"
                            + " driver text without advanced.metadata.token-map.enabled = false"));
    CqlIdentifier keyspace = CqlIdentifier.fromInternal(table.keyspace());
    List<Part> parts = new ArrayList<>();
    for (TokenRange range : tokens.getTokenRanges()) {
      Set<Node> nodes = tokens.getReplicas(keyspace, range);
      if (nodes.isEmpty()) {
        throw new CassandraFailure(
            "Loading " + table + " in bulk: no node holds the tokens " + range);
      }
      for (TokenSpan span :
          TokenSpan.unwrap(token(tokens, range.getStart()), token(tokens, range.getEnd()))) {
        parts.add(new Part(span, nodes));
      }
    }
    parts.sort(Comparator.comparing(Part::span));
    return new ReplicaRing(parts);
  }

  private static long token(TokenMap tokens, Token token) {
    return Long.parseLong(tokens.format(token));
  }

  /** All tokens, in their order. */
  List<Part> parts() {
    return parts;
  }

  /** The different sets of nodes that hold tokens. */
  List<Set<Node>> replicaSets() {
    Set<Set<Node>> sets = new LinkedHashSet<>();
    parts.forEach(part -> sets.add(part.nodes()));
    return List.copyOf(sets);
  }

  /** The tokens that a node holds. */
  List<TokenSpan> heldBy(Node node) {
    return parts.stream().filter(part -> part.nodes().contains(node)).map(Part::span).toList();
  }

  /** All nodes that hold tokens. */
  Set<Node> nodes() {
    Set<Node> nodes = new LinkedHashSet<>();
    parts.forEach(part -> nodes.addAll(part.nodes()));
    return nodes;
  }
}
