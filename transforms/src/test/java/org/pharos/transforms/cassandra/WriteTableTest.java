package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Order;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.Table;

/** Rows as they go in, and the table afterwards. */
@WithCassandra
class WriteTableTest {

  @DefaultSchema(RecordSchema.class)
  record Reading(String sensor, long at, @Nullable Double value) {}

  private static Table sensors(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("sensor", CqlType.TEXT)
            .clusteringKey("at", CqlType.BIGINT, Order.DESCENDING)
            .column("value", CqlType.DOUBLE)
            .column("note", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  @Test
  void writes_every_row_and_counts_it(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "many");
    List<Row> input =
        IntStream.range(0, 5_000)
            .mapToObj(i -> row(table.rowSchema(), "s" + i % 50, (long) i, i / 2.0, "n" + i))
            .toList();
    Pipeline pipeline = Pipeline.create();
    WriteResult result = rows(pipeline, table.rowSchema(), input).apply(write(table, keyspace));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(5_000, 0, 0, 0, 0));
    PAssert.that(result.unknown()).empty();
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT sensor, at, value, note FROM many"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 5_000)
                .mapToObj(i -> "s%d, %d, %s, n%d".formatted(i % 50, i, i / 2.0, i))
                .toList());
  }

  @Test
  void writes_records_that_have_some_of_the_columns(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "records");
    keyspace.execute("INSERT INTO records (sensor, at, note) VALUES ('a', 1, 'stays')");
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(new Reading("a", 1, 2.5), new Reading("b", 2, null)))
        .apply(write(table, keyspace));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT sensor, at, value, note FROM records"))
        .containsExactly("a, 1, 2.5, stays", "b, 2, null, null");
  }

  @Test
  void a_null_leaves_the_column_or_removes_its_value(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "nulls");
    for (String sensor : List.of("partial", "replace")) {
      keyspace.execute(
          "INSERT INTO nulls (sensor, at, value, note) VALUES ('" + sensor + "', 1, 1.0, 'old')");
    }
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), "partial", 1L, null, "new"))
        .apply("partial", write(table, keyspace));
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), "replace", 1L, null, "new"))
        .apply("replace", write(table, keyspace).withNulls(Nulls.REPLACE));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT sensor, at, value, note FROM nulls"))
        .containsExactly("partial, 1, 1.0, new", "replace, 1, null, new");
  }

  @Test
  void the_later_row_of_a_bundle_wins_also_after_a_null(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "later");
    List<Row> input = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      input.add(row(table.rowSchema(), "a", 1L, i % 3 == 0 ? null : (double) i, "n" + i));
      input.add(row(table.rowSchema(), "s" + i, 1L, null, null));
    }
    Pipeline pipeline = Pipeline.create();
    Writing.oneBundle(pipeline, table.rowSchema(), input)
        .apply(write(table, keyspace).withNulls(Nulls.REPLACE));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT value, note FROM later WHERE sensor = 'a'"))
        .containsExactly("299.0, n299");
  }

  @Test
  void time_to_live_and_timestamp_can_come_with_each_row(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "timed");
    Schema schema =
        Schema.builder()
            .addStringField("sensor")
            .addInt64Field("at")
            .addNullableField("value", FieldType.DOUBLE)
            .addNullableField("ttl", FieldType.INT32)
            .addNullableField("micros", FieldType.INT64)
            .build();
    Row[] input = {
      row(schema, "both", 1L, 1.0, 1_000, 1_234_567L), row(schema, "none", 1L, 1.0, null, null)
    };
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, schema, input)
        .apply(
            "insert", write(table, keyspace).withTimeToLiveFrom("ttl").withTimestampFrom("micros"));
    rows(pipeline, schema, row(schema, "update", 2L, 2.0, 500, 7_000_000L))
        .apply(
            "update",
            write(table, keyspace)
                .asUpdate()
                .withTimeToLiveFrom("ttl")
                .withTimestampFrom("micros"));
    long before = System.currentTimeMillis() * 1000;
    pipeline.run().waitUntilFinish();
    assertThat(
            select(
                keyspace,
                "SELECT sensor, writetime(value) FROM timed WHERE sensor IN ('both', 'update')"))
        .containsExactly("both, 1234567", "update, 7000000");
    var rows = keyspace.execute("SELECT sensor, ttl(value), writetime(value) FROM timed").all();
    for (var each : rows) {
      switch (String.valueOf(each.getString(0))) {
        case "both" -> assertThat(each.getInt(1)).isBetween(900, 1_000);
        case "update" -> assertThat(each.getInt(1)).isBetween(400, 500);
        default -> {
          assertThat(each.isNull(1)).isTrue();
          assertThat(each.getLong(2)).isGreaterThan(before);
        }
      }
    }
  }

  @Test
  void one_time_to_live_can_hold_for_all_rows(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "expiring");
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), "a", 1L, 1.0, null))
        .apply(write(table, keyspace).withTimeToLive(Duration.standardHours(1)));
    pipeline.run().waitUntilFinish();
    assertThat(keyspace.execute("SELECT ttl(value) FROM expiring").one().getInt(0))
        .isBetween(3_500, 3_600);
  }

  @Test
  void a_row_without_clustering_values_writes_the_static_part(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "statics")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("s", CqlType.TEXT)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    Schema schema = table.rowSchema();
    Schema owner = Schema.builder().addInt32Field("k").addStringField("s").build();
    Pipeline pipeline = Pipeline.create();
    rows(
            pipeline,
            schema,
            Row.withSchema(schema).withFieldValue("k", 1).withFieldValue("s", "only").build(),
            Row.withSchema(schema)
                .withFieldValue("k", 2)
                .withFieldValue("c", 5)
                .withFieldValue("s", "both")
                .withFieldValue("v", "five")
                .build())
        .apply("rows", write(table, keyspace));
    rows(pipeline, owner, row(owner, 3, "no clustering field"))
        .apply("static", write(table, keyspace));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, c, s, v FROM statics"))
        .containsExactly(
            "1, null, only, null", "2, 5, both, five", "3, null, no clustering field, null");
  }

  @Test
  void computes_the_bucket_that_the_rows_lack(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "bucketed")
            .partitionKey("name", CqlType.TEXT)
            .partitionKey("day", CqlType.TIMESTAMP)
            .clusteringKey("at", CqlType.TIMESTAMP)
            .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
            .build();
    TestConnections.create(keyspace, table);
    Schema schema = Schema.builder().addStringField("name").addDateTimeField("at").build();
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, schema, row(schema, "a", Instant.parse("2024-05-06T07:08:09.123Z")))
        .apply(write(table, keyspace));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT name, day, at FROM bucketed"))
        .containsExactly("a, 2024-05-06T00:00:00Z, 2024-05-06T07:08:09.123Z");
  }

  @Test
  void writes_names_that_need_quotes(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "Mixed_Case")
            .partitionKey("select", CqlType.INT)
            .clusteringKey("Order By", CqlType.TEXT)
            .column("to\"ken", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), 1, "x", "y"))
        .apply("insert", write(table, keyspace));
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), 2, "x", "z"))
        .apply("update", write(table, keyspace).asUpdate());
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM \"Mixed_Case\""))
        .containsExactly("1, x, y", "2, x, z");
  }

  @Test
  void chooses_a_table_for_each_row(TestKeyspace keyspace) {
    Table cats =
        Table.named(keyspace.name(), "cats")
            .partitionKey("name", CqlType.TEXT)
            .column("lives", CqlType.INT)
            .build();
    Table dogs =
        Table.named(keyspace.name(), "dogs")
            .partitionKey("name", CqlType.TEXT)
            .column("tricks", CqlType.INT)
            .build();
    TestConnections.create(keyspace, cats);
    TestConnections.create(keyspace, dogs);
    Schema schema =
        Schema.builder()
            .addStringField("name")
            .addNullableField("lives", FieldType.INT32)
            .addNullableField("tricks", FieldType.INT32)
            .build();
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        rows(pipeline, schema, row(schema, "tom", 9, null), row(schema, "rex", null, 3))
            .apply(
                WriteTable.toEach(
                        row -> row.getInt32("lives") == null ? "dogs" : "cats", cats, dogs)
                    .to(Writing.connection(keyspace)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(2, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT * FROM cats")).containsExactly("tom, 9");
    assertThat(select(keyspace, "SELECT * FROM dogs")).containsExactly("rex, 3");
  }

  @Test
  void says_all_that_does_not_fit_while_assembling(TestKeyspace keyspace) {
    Table table = sensors(keyspace, "misfit");
    Schema schema =
        Schema.builder()
            .addInt32Field("sensor")
            .addStringField("value")
            .addStringField("colour")
            .build();
    Pipeline pipeline = Pipeline.create();
    assertThatThrownBy(
            () -> rows(pipeline, schema, row(schema, 1, "2", "red")).apply(write(table, keyspace)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(table.qualifiedName())
        .hasMessageContaining("fields that are no columns: colour")
        .hasMessageContaining("no field for the key column at bigint")
        .hasMessageContaining("field sensor does not fit column sensor")
        .hasMessageContaining("field value does not fit column value");
    assertThatThrownBy(() -> pipeline.apply(Create.of(1)).apply(WriteTable.of(table)))
        .hasMessageContaining("needs rows, or elements with a schema");
  }

  @Test
  void several_tables_need_a_column_for_each_field_and_no_condition(TestKeyspace keyspace) {
    Table one = Table.named(keyspace.name(), "one").partitionKey("k", CqlType.INT).build();
    Table two = Table.named("elsewhere", "one").partitionKey("k", CqlType.INT).build();
    Schema schema = Schema.builder().addInt32Field("k").addInt32Field("colour").build();
    WriteTable write = WriteTable.toEach(row -> "one", one, two).to(Writing.connection(keyspace));
    Pipeline pipeline = Pipeline.create();
    assertThatThrownBy(() -> rows(pipeline, schema, row(schema, 1, 2)).apply(write))
        .hasMessageContaining("no table has a column for [colour]");
    assertThatThrownBy(() -> rows(pipeline, schema, row(schema, 1, 2)).apply(write.ifNotExists()))
        .hasMessageContaining("a conditional write goes into one table");
    assertThatThrownBy(() -> rows(pipeline, schema, row(schema, 1, 2)).apply(WriteTable.of(one)))
        .hasMessageContaining("fields that are no columns: colour");
    assertThatThrownBy(
            () ->
                rows(pipeline, one.rowSchema(), row(one.rowSchema(), 1)).apply(WriteTable.of(one)))
        .hasMessageContaining("no connection");
  }
}
