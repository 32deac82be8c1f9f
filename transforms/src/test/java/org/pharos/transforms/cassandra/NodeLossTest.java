package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.LocalCassandra;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** One of three nodes is killed in the middle of a job at LOCAL_QUORUM. */
@ResourceLock(TestServers.RING)
@WithCassandra(nodes = 3, replicationFactor = 3)
class NodeLossTest {
  private static final int VICTIM = 3;
  private static final long ROWS = 12_000;
  private static final long ROWS_A_PARTITION = 10;

  private final Pipeline pipeline = Pipeline.create();
  private final LocalCassandra ring;
  private final TestKeyspace keyspace;

  NodeLossTest(LocalCassandra ring, TestKeyspace keyspace) {
    this.ring = ring;
    this.keyspace = keyspace;
  }

  /** A table for each test: a ring that has just got a node back does not like to truncate. */
  private Table table(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("partition", CqlType.BIGINT)
            .clusteringKey("number", CqlType.BIGINT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  @AfterEach
  void bring_the_node_back() {
    if (Killing.killed) {
      Killing.killed = false;
      ring.start(VICTIM);
    }
  }

  @Test
  void a_write_completes_with_every_row() {
    Table table = table("written");
    numbers(table)
        .apply("Kill a node", killing(ROWS / 3))
        .setRowSchema(table.rowSchema())
        .apply(WriteTable.of(table).to(TestConnections.to(ring)));

    pipeline.run().waitUntilFinish();

    assertThat(Killing.killed).isTrue();
    bring_the_node_back();
    assertThat(stored()).isEqualTo(LongStream.range(0, ROWS).boxed().toList());
  }

  @Test
  void a_read_completes_with_every_row_once() {
    Table table = table("read");
    numbers(table).apply(WriteTable.of(table).to(TestConnections.to(ring)));
    pipeline.run().waitUntilFinish();
    Pipeline reading = Pipeline.create();

    PCollection<Long> read =
        reading
            .apply(ReadTable.of(table).from(TestConnections.to(ring)).withParallelism(20))
            .apply("Kill a node", killing(ROWS / 10))
            .setRowSchema(table.rowSchema())
            .apply(
                "Number", MapElements.into(TypeDescriptors.longs()).via(r -> r.getInt64("number")));

    PAssert.that(read)
        .satisfies(
            numbers -> {
              assertThat(StreamSupport.stream(numbers.spliterator(), false).sorted().toList())
                  .isEqualTo(LongStream.range(0, ROWS).boxed().toList());
              return null;
            });
    reading.run().waitUntilFinish();
    assertThat(Killing.killed).isTrue();
  }

  private PCollection<Row> numbers(Table table) {
    var schema = table.rowSchema();
    return pipeline
        .apply(GenerateSequence.from(0).to(ROWS))
        .apply(
            "Rows",
            MapElements.into(TypeDescriptors.rows())
                .via(n -> Row.withSchema(schema).addValues(n / ROWS_A_PARTITION, n).build()))
        .setRowSchema(schema);
  }

  private List<Long> stored() {
    SimpleStatement all =
        SimpleStatement.newInstance("SELECT number FROM written")
            .setKeyspace(keyspace.name())
            .setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM);
    return StreamSupport.stream(ring.session().execute(all).spliterator(), false)
        .map(row -> row.getLong(0))
        .sorted()
        .toList();
  }

  private ParDo.SingleOutput<Row, Row> killing(long after) {
    Killing.node = ring;
    Killing.after = after;
    Killing.seen.set(0);
    return ParDo.of(new Killing());
  }

  /** Kills the node when so many rows have passed; the Direct runner shares this JVM. */
  private static final class Killing extends DoFn<Row, Row> {
    static volatile @Nullable LocalCassandra node;
    static volatile long after;
    static volatile boolean killed;
    static final AtomicLong seen = new AtomicLong();

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<Row> out) {
      if (seen.incrementAndGet() == after) {
        killed = true;
        node.kill(VICTIM);
      }
      out.output(row);
    }
  }
}
