package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What a bulk load does not take: rows as by CQL, jobs before they begin. */
@WithCassandra
class BulkRefusalsTest {
  private static final BulkLoad NOWHERE = BulkLoad.with("/nowhere/*");

  @TempDir Path directory;
  private final TestKeyspace keyspace;

  BulkRefusalsTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  private Table table(String name) {
    return table(name, CqlType.set(CqlType.INT));
  }

  private Table table(String name, CqlType numbers) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.TEXT)
            .column("id", CqlType.TIMEUUID)
            .column("numbers", numbers)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private WriteTable bulk(Table table, BulkLoad load) {
    return Writing.write(table, keyspace).inBulk(load);
  }

  @Test
  void bad_rows_are_set_aside_with_their_reason() {
    Table table = table("reasons");
    Schema schema =
        Schema.builder()
            .addNullableField("k", FieldType.STRING)
            .addNullableField("c", FieldType.STRING)
            .addNullableField("id", FieldType.logicalType(new UuidLogicalType()))
            .build();
    UUID random = UUID.fromString("7f0a5c52-2b2e-4d0c-9d5c-6c6f0a3b6a11");
    String longText = "x".repeat(70_000);
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(
                pipeline,
                schema,
                row(schema, "fine", "c", null),
                row(schema, null, "c", null),
                row(schema, "no clustering", null, null),
                row(schema, "type", "c", random),
                row(schema, "", "empty", null),
                row(schema, "clustering", longText, null))
            .apply(
                bulk(table, BulkLoads.importing(keyspace.cluster(), directory))
                    .withErrorHandler(bad.handler()));
    bad.close();
    String step = "WriteTable " + table.qualifiedName();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 5, 0, 0, 0));
    PAssert.that(bad.texts())
        .containsInAnyOrder(
            step + " | KEY | column k of the key is null <- null",
            step + " | KEY | column c of the key is null <- no clustering",
            step
                + " | MAPPING | column id: a UUID of version 4 does not fit timeuuid"
                + " (version 1) <- type",
            step + " | REFUSED | the partition key is empty <- ",
            step
                + " | REFUSED | 70000 bytes of column c of the key are more than 65535"
                + " <- clustering");
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM reasons")).containsExactly("fine");
  }

  @Test
  void what_needs_a_server_is_told_while_assembling() {
    Table table = table("assembled");
    Table counters =
        Table.named(keyspace.name(), "counted")
            .partitionKey("k", CqlType.TEXT)
            .column("n", CqlType.COUNTER)
            .build();

    assertRefused(table, bulk(table, NOWHERE).ifNotExists(), "only a server can check a condition");
    Table lists = table("lists", CqlType.list(CqlType.INT));
    String whole = "writing a list that is not frozen is not";
    assertRefused(lists, bulk(lists, NOWHERE), whole);
    assertRefused(lists, bulk(lists, NOWHERE).adding("numbers"), whole);
    assertRefused(
        lists,
        bulk(lists, NOWHERE).removing("numbers"),
        "only a server can look for elements of the list numbers");
    assertRefused(counters, bulk(counters, NOWHERE).incrementing("n"), "only servers can count");
    assertRefused(
        table,
        WriteTable.toEach(row -> "assembled", table, table("second"))
            .to(Writing.connection(keyspace))
            .inBulk(NOWHERE),
        "a bulk load goes into one table");
  }

  private static void assertRefused(Table table, WriteTable write, String reason) {
    Pipeline pipeline = Pipelines.create();
    assertThatThrownBy(() -> rows(pipeline, table.rowSchema(), List.of()).apply(write))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("inBulk(...)");
  }

  @Test
  void endless_input_is_refused() {
    Table table = table("endless");
    Schema schema = table.rowSchema();
    Pipeline pipeline = Pipelines.create();
    var endless =
        pipeline
            .apply(GenerateSequence.from(0).withRate(1, Duration.standardSeconds(1)))
            .apply(
                MapElements.into(TypeDescriptors.rows())
                    .via(n -> Row.withSchema(schema).addValues("k", "c", null, null).build()))
            .setRowSchema(schema)
            .apply(
                org.apache.beam.sdk.transforms.windowing.Window.into(
                    org.apache.beam.sdk.transforms.windowing.FixedWindows.of(
                        Duration.standardSeconds(1))));

    assertThatThrownBy(() -> endless.apply(bulk(table, NOWHERE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in bulk is for input that ends");
  }

  @Test
  void a_class_path_without_the_child_and_a_replica_without_a_way_fail_the_job() {
    Table table = table("failing");
    Row fine = row(table.rowSchema(), "k", "c", null, null);

    assertFails(table, fine, NOWHERE.withDirectory(directory.toString()), "[/nowhere/*]");
    assertFails(
        table,
        fine,
        NOWHERE.withDirectory(directory.toString()).importingAt("127.0.0.1:1"),
        "127.0.0.1:1");
    assertThat(directory).isEmptyDirectory();
  }

  private void assertFails(Table table, Row row, BulkLoad load, String where) {
    Pipeline pipeline = Pipelines.create();
    rows(pipeline, table.rowSchema(), row).apply(bulk(table, load));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish()).hasStackTraceContaining(where);
  }

  @Test
  void a_table_whose_followers_would_miss_the_rows_fails_the_job() {
    Table table =
        Table.named(keyspace.name(), "viewed")
            .partitionKey("k", CqlType.INT)
            .column("v", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute(
        "CREATE MATERIALIZED VIEW by_v AS SELECT k, v FROM viewed WHERE k IS NOT NULL AND v IS NOT"
            + " NULL PRIMARY KEY (v, k)");
    assertFails(
        table,
        row(table.rowSchema(), 1, 1),
        NOWHERE.withDirectory(directory.toString()),
        "its materialized views [by_v] would miss the rows");
  }

  @Test
  void options_say_what_is_allowed() {
    assertThatThrownBy(() -> BulkLoad.with())
        .hasMessageContaining("needs the class path of pharos-bulk");
    assertThatThrownBy(() -> NOWHERE.withShards(0)).hasMessage("shards are 1 to 4096, not 0");
    assertThatThrownBy(() -> NOWHERE.withHeapMegabytes(100))
        .hasMessage("heap megabytes are 256 to 16384, not 100");
    assertThatThrownBy(() -> NOWHERE.importingAt("here"))
        .hasMessage("a node's JMX is at host:port or service:jmx:..., not at here");
  }
}
