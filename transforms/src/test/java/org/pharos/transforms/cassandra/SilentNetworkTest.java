package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.FaultyNetwork;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * A network that swallows what is sent on a connection, until the driver gives it up over that:
 * what the driver would have sent there fails with {@code Channel is closing}.
 */
@WithCassandra
class SilentNetworkTest {
  private static final long ROWS = 10_000;

  /** So that seconds are enough: by default it waits for 12, and for 256 answers. */
  private static final String IMPATIENT =
      """
      basic.request.timeout = 500 milliseconds
      advanced.connection.pool.local.size = 1
      advanced.connection.max-orphan-requests = 4
      advanced.reconnection-policy.base-delay = 200 milliseconds
      """;

  /** A connection falls silent after about two fifths of the rows. */
  private static final long BYTES = 200_000;

  @Test
  void a_write_completes_with_every_row(TestKeyspace keyspace, CassandraCluster cluster) {
    Table table =
        Table.named(keyspace.name(), "written").partitionKey("number", CqlType.BIGINT).build();
    TestConnections.create(keyspace, table);
    var schema = table.rowSchema();
    try (FaultyNetwork network = FaultyNetwork.to(cluster.contactPoints().get(0))) {
      network.dropAfter(BYTES);
      Pipeline pipeline = Pipeline.create();
      WriteResult result =
          pipeline
              .apply(GenerateSequence.from(0).to(ROWS))
              .apply("Rows", MapElements.into(TypeDescriptors.rows()).via(n -> row(schema, n)))
              .setRowSchema(schema)
              .apply(
                  WriteTable.of(table)
                      .to(TestConnections.through(network, cluster).withDriverConfig(IMPATIENT)));
      PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(ROWS, 0, 0, 0, 0));
      PipelineResult run = pipeline.run();
      run.waitUntilFinish();
      assertThat(Metrics.counter(run, "write_retries_no_node")).isPositive();
    }
    assertThat(select(keyspace, "SELECT number FROM written")).hasSize((int) ROWS);
  }
}
