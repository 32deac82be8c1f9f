package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

@WithCassandra
class CountRowsTest {

  private static final int ROWS = 350;

  private final Pipeline pipeline = Pipeline.create();
  private final Table table;
  private final CassandraConnection connection;

  CountRowsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = table(keyspace);
    connection = TestConnections.to(cluster);
  }

  private static Table table(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "counted")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .staticColumn("s", CqlType.INT)
        .build();
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    table(keyspace).createStatements().forEach(statement -> keyspace.execute(statement));
    for (int i = 0; i < ROWS; i++) {
      keyspace.execute("INSERT INTO counted (k, c, s) VALUES (?, ?, 1)", i % 70, i);
    }
    keyspace.execute("INSERT INTO counted (k, s) VALUES (1000, 1)");
  }

  private void assertCounts(CountRows count, long rows) {
    PCollection<Long> counted = pipeline.apply(count.from(connection));
    PAssert.thatSingleton(counted).isEqualTo(rows);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void counts_what_a_read_would_read() {
    assertCounts(CountRows.of(table).withParallelism(8), ROWS + 1L);
  }

  @Test
  void counts_a_range_that_times_out_in_halves() {
    List<TokenSpan> counted = new ArrayList<>();
    Scan scan = Scan.of(table);
    try (Lease lease = Sessions.acquire(connection)) {
      ScanStatement statement = ScanStatement.prepare(lease.session(), scan, "count(*)");
      ReadMetrics metrics = new ReadMetrics();
      ReadRetry retry =
          new ReadRetry(
              "counting",
              "ks.t",
              new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 5),
              metrics);
      FailingRequests requests =
          new FailingRequests(
              lease.session(), (number, sent) -> counted.get(counted.size() - 1).fraction() > 0.2);
      long rows =
          new RangeCounter(requests, retry, metrics)
              .count(
                  TokenSpan.RING,
                  span -> {
                    counted.add(span);
                    return statement.of(span);
                  });
      assertThat(rows).isEqualTo(ROWS + 1L);
      assertThat(requests.sent()).filteredOn(sent -> !sent.failed()).hasSize(8);
    }
  }

  @Test
  void counts_only_the_partitions_of_a_filter() {
    assertCounts(CountRows.of(table).where(Filter.in("k", 0, 1, 999), Filter.less("c", 100)), 4L);
  }

  @Test
  void gives_up_and_says_what_to_do() {
    PCollection<Long> ignored =
        pipeline.apply(
            CountRows.of(table)
                .from(connection)
                .withParallelism(1)
                .through(
                    session ->
                        statement ->
                            CompletableFuture.failedFuture(
                                new UnauthorizedException(
                                    session.getMetadata().getNodes().values().iterator().next(),
                                    "no SELECT permission"))));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("counting failed at " + table.qualifiedName())
        .hasStackTraceContaining("no SELECT permission")
        .hasStackTraceContaining("may be read");
  }
}
