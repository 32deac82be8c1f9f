package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Faults.Fault;
import org.pharos.transforms.errors.Reason;

/** Writes whose rows are brought together by a shuffle. */
@WithCassandra
class GroupedWritesTest {
  private final Pipeline pipeline = Pipelines.create();
  private final TestKeyspace keyspace;

  GroupedWritesTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  private Table table(String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.INT)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static List<Row> shuffled(Schema schema, int partitions, int each, int length) {
    List<Row> rows = new ArrayList<>();
    for (int k = 0; k < partitions; k++) {
      for (int c = 0; c < each; c++) {
        rows.add(row(schema, "k" + k, c, "v".repeat(length)));
      }
    }
    Collections.shuffle(rows, new Random(7));
    return rows;
  }

  @Test
  void a_partition_is_one_request_whatever_the_order_and_the_bundles_of_rows() {
    Table table = table("together");
    // Too large to share a request with other partitions.
    List<Row> rows = shuffled(table.rowSchema(), 60, 10, 400);
    WriteResult result =
        rows(pipeline, table.rowSchema(), rows)
            .apply(
                write(table, keyspace)
                    .withExecution(Faults.choosing("grouped", (statement, count) -> Fault.NONE))
                    .groupedByPartition(8));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(600, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("grouped")).isEqualTo(60);
    assertThat(select(keyspace, "SELECT k, c FROM together")).hasSize(600);
  }

  @Test
  void elements_keep_their_timestamps() {
    Table table = table("timed");
    Schema schema = table.rowSchema();
    rows(pipeline, schema, row(schema, "k", 1, "1"), row(schema, "k", 2, "2"))
        .apply(WithTimestamps.of(each -> new Instant(1000L * each.getInt32("c"))))
        .setRowSchema(schema)
        .apply(write(table, keyspace).byEventTime(EventTime.ofElement()).groupedByPartition(3));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT c, writetime(v) FROM timed"))
        .containsExactly("1, 1000000", "2, 2000000");
  }

  @Test
  void a_trigger_of_the_input_doubles_no_row() {
    Table table = table("triggered");
    Schema schema = table.rowSchema();
    WriteResult result =
        rows(pipeline, schema, shuffled(schema, 20, 5, 1))
            .apply(
                Window.<Row>configure()
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                    .withAllowedLateness(Duration.ZERO)
                    .accumulatingFiredPanes())
            .apply(
                write(table, keyspace)
                    .withExecution(Faults.choosing("triggered", (statement, count) -> Fault.NONE))
                    .groupedByPartition(1));
    PAssert.that(result.counts())
        .satisfies(
            counts -> {
              assertThat(counts).contains(new WriteCounts(100, 0, 0, 0, 0));
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("triggered")).isEqualTo(2);
  }

  @Test
  void a_row_that_has_no_partition_is_set_aside_as_ever() {
    Table table = table("keyless");
    Schema schema =
        Schema.builder()
            .addNullableField("k", FieldType.STRING)
            .addInt32Field("c")
            .addNullableField("v", FieldType.STRING)
            .build();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(pipeline, schema, row(schema, null, 7, "lost"), row(schema, "k", 8, "kept"))
            .apply(write(table, keyspace).withErrorHandler(bad.handler()).groupedByPartition(1));
    bad.close();
    PAssert.that(bad.texts())
        .containsInAnyOrder(bad.text(table, Reason.KEY, "column k of the key is null", "null"));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 1, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, c, v FROM keyless")).containsExactly("k, 8, kept");
  }

  @Test
  void what_cannot_be_grouped_is_refused_before_the_job() {
    Table table = table("refusing");
    WriteTable grouped = write(table, keyspace).groupedByPartition(8);
    Schema schema = table.rowSchema();
    PCollection<Row> some = rows(pipeline, schema, row(schema, "k", 1, "v"));
    assertThatThrownBy(() -> write(table, keyspace).groupedByPartition(0))
        .hasMessage("ranges are 1 to 4096, not 0");
    assertThatThrownBy(() -> write(table, keyspace).groupedByPartition(5_000))
        .hasMessage("ranges are 1 to 4096, not 5000");
    PCollection<Row> windowed =
        some.apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))));
    assertThatThrownBy(() -> windowed.apply("Windowed", grouped))
        .hasMessageContaining("grouped by partition is for input that ends and has no windows")
        .hasMessageContaining("Leave out groupedByPartition");
    PCollection<Row> endless =
        pipeline
            .apply(GenerateSequence.from(0))
            .apply(MapElements.into(TypeDescriptors.rows()).via(n -> row(schema, "k" + n, 1, "v")))
            .setRowSchema(schema)
            .apply("Windows", Window.into(FixedWindows.of(Duration.standardMinutes(1))));
    assertThatThrownBy(() -> endless.apply("Endless", grouped))
        .hasMessageContaining("grouped by partition is for input that ends");
    assertThatThrownBy(() -> some.apply("Bulk", grouped.inBulk(BulkLoad.with("/nowhere/*"))))
        .hasMessageContaining("a bulk load groups rows by itself");
    WriteTable each =
        WriteTable.toEach(any -> "refusing", table, table("another"))
            .to(Writing.connection(keyspace))
            .groupedByPartition(2);
    assertThatThrownBy(() -> some.apply("Each", each))
        .hasMessageContaining("rows are grouped by the partitions of one table");
  }
}
