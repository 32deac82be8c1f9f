package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.LocalCassandra;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Reading from a ring of three nodes with several ranges each, two copies of each row. */
@ResourceLock(TestServers.RING)
@WithCassandra(nodes = 3, replicationFactor = 2)
class ReadRingTest implements Serializable {

  private static final int PARTITIONS = 3000;

  private static Table table(String keyspace) {
    return Table.named(keyspace, "ring")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .column("v", CqlType.TEXT)
        .build();
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    Table table = table(keyspace.name());
    TestConnections.create(keyspace, table);
    CqlSession session = keyspace.cluster().session();
    PreparedStatement insert =
        session.prepare(
            SimpleStatement.newInstance(
                    "INSERT INTO " + table.qualifiedName() + " (k, c, v) VALUES (?, ?, 'v')")
                .setIdempotent(true));
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (int i = 0; i < 2 * PARTITIONS; i++) {
      writes.add(session.executeAsync(insert.bind(i / 2, i % 2)));
      if (writes.size() == 100) {
        writes.forEach(write -> write.toCompletableFuture().join());
        writes.clear();
      }
    }
    writes.forEach(write -> write.toCompletableFuture().join());
  }

  private static void assertEachRowOnce(PCollection<Row> rows) {
    PAssert.that(rows)
        .satisfies(
            read -> {
              List<String> keys = new ArrayList<>();
              read.forEach(row -> keys.add(row.getInt32("k") + "/" + row.getInt32("c")));
              assertThat(keys)
                  .containsExactlyInAnyOrderElementsOf(
                      IntStream.range(0, 2 * PARTITIONS)
                          .mapToObj(i -> i / 2 + "/" + i % 2)
                          .toList());
              return null;
            });
  }

  @Test
  void splits_cover_the_ring_and_each_is_on_a_node_that_has_it(
      TestKeyspace keyspace, LocalCassandra ring) {
    List<RingRange> ranges = new RingSurvey(ring.session(), table(keyspace.name())).ranges();
    assertThat(ranges).hasSizeGreaterThan(3).allMatch(range -> range.replicas().size() == 2);
    List<Split.Ranges> splits = new SplitPlanner(SplitSizes.of(SplitSizes.TARGET, 6)).plan(ranges);
    assertThat(splits).hasSizeBetween(12, 15);
    List<TokenSpan> spans =
        splits.stream().flatMap(split -> split.spans().stream()).sorted().toList();
    assertThat(spans.get(0).start()).isEqualTo(Long.MIN_VALUE);
    assertThat(spans.get(spans.size() - 1).end()).isEqualTo(Long.MAX_VALUE);
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isEqualTo(spans.get(i - 1).end());
    }
    Set<String> nodes =
        splits.stream().map(Split.Ranges::replica).collect(Collectors.toCollection(TreeSet::new));
    assertThat(nodes).hasSize(3);
  }

  @Test
  void reads_each_row_once_when_pages_time_out(TestKeyspace keyspace, LocalCassandra ring) {
    Pipeline pipeline = Pipeline.create();
    assertEachRowOnce(
        pipeline.apply(
            ReadTable.of(table(keyspace.name()))
                .from(TestConnections.to(ring))
                .withParallelism(4)
                .through(
                    session -> new FailingRequests(session, (number, sent) -> number % 5 == 3))));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(Metrics.counter(result, "read_retries_transient")).isGreaterThan(2);
  }

  @Test
  void every_node_estimates_its_part_and_a_small_table_is_one_split(
      TestKeyspace keyspace, LocalCassandra ring) {
    keyspace.flush();
    List<RingRange> ranges = new RingSurvey(ring.session(), table(keyspace.name())).ranges();
    // 6,000 rows of some tens of bytes, counted once although there are two copies.
    assertThat(ranges.stream().mapToDouble(RingRange::bytes).sum()).isBetween(50e3, 1e6);
    assertThat(ranges).filteredOn(range -> range.bytes() > 0).hasSizeGreaterThan(3);
    assertThat(new SplitPlanner(SplitSizes.of(SplitSizes.TARGET, 6)).plan(ranges)).hasSize(1);
    List<Split.Ranges> splits = new SplitPlanner(SplitSizes.of(4096, 6)).plan(ranges);
    double mean = splits.stream().mapToDouble(Split.Ranges::bytes).average().orElseThrow();
    assertThat(splits).hasSizeGreaterThan(6).allMatch(split -> split.bytes() <= 2 * mean);
  }
}
