package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Writing.oneBundle;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** How much is asked of a cluster: not more than it was said to bear, less when it struggles. */
@WithCassandra
class LoadTest {

  private static Table numbers(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static List<Row> rows(Table table, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> row(table.rowSchema(), i, i)).toList();
  }

  @Test
  void two_writers_of_a_connection_keep_to_its_limit_together(TestKeyspace keyspace) {
    Table table = numbers(keyspace, "limited");
    CassandraConnection limited =
        Writing.connection(keyspace).withWriteLimit(WriteLimit.rowsPerSecond(1_000));
    Pipeline pipeline = Pipeline.create();
    oneBundle(pipeline, table.rowSchema(), rows(table, 0, 500))
        .apply("One", WriteTable.of(table).to(limited));
    Writing.rows(pipeline, table.rowSchema(), rows(table, 500, 1_000))
        .apply("Other", WriteTable.of(table).to(limited));

    long start = System.nanoTime();
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

    // A limit is a promise about time: 1,000 rows, less what may go at once, take so long at least.
    assertThat(millis).isGreaterThanOrEqualTo(890);
    assertThat(select(keyspace, "SELECT k FROM limited")).hasSize(1_000);
    assertThat(Metrics.throttled(run)).isPositive();
  }

  @Test
  void look_ups_hold_back_when_the_cluster_struggles_and_all_are_answered(TestKeyspace keyspace) {
    Table table = numbers(keyspace, "struggling");
    for (int i = 0; i < 200; i++) {
      keyspace.execute("INSERT INTO struggling (k, v) VALUES (?, ?)", i, i);
    }
    // A session of its own, and so a limit of its own.
    CassandraConnection own =
        Writing.connection(keyspace).withDriverConfig("basic.session-name = struggling");
    Pipeline pipeline = Pipeline.create();
    LookupRows.Result found =
        oneBundle(pipeline, table.rowSchema(), rows(table, 0, 300))
            .apply(
                LookupRows.of(table)
                    .from(own)
                    .by("k")
                    .through(
                        session ->
                            new FailingRequests(session, (number, sent) -> number % 7 == 3)));
    PAssert.thatSingleton(found.found().apply("Count found", Count.globally())).isEqualTo(200L);
    PAssert.thatSingleton(found.missing().apply("Count missing", Count.globally())).isEqualTo(100L);
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();

    assertThat(Metrics.throttled(run)).isPositive();
    try (Lease lease = Sessions.acquire(own)) {
      InFlightLimit limit = InFlightLimit.ofLookups(lease.session());
      assertThat(limit.limit()).isLessThan(InFlightLimit.START);
      assertThat(limit.inFlight()).isZero();
    }
  }
}
