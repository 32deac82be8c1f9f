package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.FaultyNetwork;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * A network that swallows what is sent, until the driver gives a connection up over it: what the
 * driver would have sent there fails with {@code Channel is closing}.
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
      """;

  @Test
  void a_write_completes_with_every_row(TestKeyspace keyspace, CassandraCluster cluster) {
    Table table =
        Table.named(keyspace.name(), "written").partitionKey("number", CqlType.BIGINT).build();
    TestConnections.create(keyspace, table);
    var schema = table.rowSchema();
    try (FaultyNetwork network = FaultyNetwork.to(cluster.contactPoints().get(0))) {
      Silence.network = network;
      Pipeline pipeline = Pipeline.create();
      WriteResult result =
          pipeline
              .apply(GenerateSequence.from(0).to(ROWS))
              .apply("Silence the network", ParDo.of(new Silence()))
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

  /** The network is silent for a while, twice; the Direct runner is in this JVM. */
  private static final class Silence extends DoFn<Long, Long> {
    private static final long EVERY = ROWS / 2;
    private static final Duration WHILE = Duration.ofSeconds(1);

    static volatile @Nullable FaultyNetwork network;
    static final AtomicLong seen = new AtomicLong();

    @ProcessElement
    public void process(@Element Long number, OutputReceiver<Long> out) {
      if (seen.incrementAndGet() % EVERY == 0) {
        network.drop();
        new Thread(Silence::heal, "heal").start();
      }
      out.output(number);
    }

    private static void heal() {
      LockSupport.parkNanos(WHILE.toNanos());
      network.heal();
    }
  }
}
