package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

@WithCassandra
class ReadTableTest implements Serializable {

  record Reading(String sensor, int day, long seq, @Nullable Double value) {}

  record Stamped(long seq, @Nullable Long valueWritetime, @Nullable Integer valueTtl) {}

  private transient TestKeyspace keyspace;
  private transient CassandraConnection connection;
  private transient Pipeline pipeline;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
    this.pipeline = Pipelines.create();
  }

  private Table readings(String name) {
    return Readings.table(keyspace, name);
  }

  private List<Row> fill(Table table) {
    return Readings.fill(keyspace, table);
  }

  private ReadTable read(Table table) {
    return ReadTable.of(table).from(connection);
  }

  @Test
  void reads_a_whole_table_as_rows() {
    Table table = readings("whole");
    List<Row> expected = fill(table);
    PCollection<Row> rows = pipeline.apply(read(table));
    assertThat(rows.getSchema()).isEqualTo(table.rowSchema());
    PAssert.that(rows).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(Metrics.counter(result, "rows_read")).isEqualTo(60);
    assertThat(Metrics.counter(result, "splits_read"))
        .isEqualTo(Metrics.counter(result, "splits_planned"));
    assertThat(Lineage.query(result.metrics(), Lineage.Type.SOURCE))
        .containsExactly("cassandra:" + keyspace.name() + ".whole");
  }

  @Test
  void reads_each_row_once_however_many_splits_there_are() {
    Table table = readings("many_splits");
    List<Row> expected = fill(table);
    PAssert.that(pipeline.apply(read(table).withParallelism(50))).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(Metrics.counter(result, "splits_planned")).isEqualTo(100);
  }

  @Test
  void reads_records() {
    Table table = readings("records");
    List<Row> expected = fill(table);
    PCollection<Reading> readings = pipeline.apply(read(table).as(Reading.class));
    PAssert.that(readings)
        .containsInAnyOrder(
            expected.stream()
                .map(
                    row ->
                        new Reading(
                            row.getString("sensor"),
                            row.getInt32("day"),
                            row.getInt64("seq"),
                            row.getDouble("value")))
                .toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void reads_only_the_columns_asked_for_with_or_without_the_key() {
    Table table = readings("projected");
    fill(table);
    PCollection<Row> values = pipeline.apply(read(table).withColumns("value", "seq"));
    Schema schema = Schema.builder().addNullableDoubleField("value").addInt64Field("seq").build();
    assertThat(values.getSchema()).isEqualTo(schema);
    PAssert.that(values)
        .containsInAnyOrder(
            IntStream.range(0, 60)
                .mapToObj(
                    i ->
                        Row.withSchema(schema)
                            .addValues(i % 5 == 0 ? null : i / 2.0, (long) i)
                            .build())
                .toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void reads_when_a_column_was_written_and_expires() {
    Table table = readings("stamped");
    TestConnections.create(keyspace, table);
    keyspace.execute(
        "INSERT INTO stamped (sensor, day, seq, value) VALUES ('a', 1, 1, 2.5)"
            + " USING TIMESTAMP 1234567890123456");
    keyspace.execute(
        "INSERT INTO stamped (sensor, day, seq, value) VALUES ('a', 1, 2, 2.5)"
            + " USING TIMESTAMP 5 AND TTL 86400");
    keyspace.execute("INSERT INTO stamped (sensor, day, seq) VALUES ('a', 1, 3)");
    PCollection<Stamped> stamps =
        pipeline.apply(
            read(table).withWriteTime("value").withTimeToLive("value").as(Stamped.class));
    PAssert.that(stamps)
        .satisfies(
            found -> {
              List<Stamped> list = new ArrayList<>();
              found.forEach(list::add);
              assertThat(list).hasSize(3);
              assertThat(list).contains(new Stamped(1, 1234567890123456L, null));
              assertThat(list).contains(new Stamped(3, null, null));
              assertThat(list)
                  .anySatisfy(
                      stamp -> {
                        assertThat(stamp.seq()).isEqualTo(2);
                        assertThat(stamp.valueWritetime()).isEqualTo(5);
                        assertThat(stamp.valueTtl()).isBetween(86000, 86400);
                      });
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void reads_names_that_must_be_quoted() {
    Table table =
        Table.named(keyspace.name(), "Select")
            .partitionKey("Key", CqlType.INT)
            .partitionKey("token", CqlType.TEXT)
            .clusteringKey("order", CqlType.INT)
            .column("a \"b\" ä", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    List<Row> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keyspace.execute(
          "INSERT INTO \"Select\" (\"Key\", \"token\", \"order\", \"a \"\"b\"\" ä\")"
              + " VALUES (?, ?, ?, ?)",
          i,
          "t",
          i,
          "v" + i);
      expected.add(Row.withSchema(table.rowSchema()).addValues(i, "t", i, "v" + i).build());
    }
    PAssert.that(pipeline.apply(read(table).withWriteTime("a \"b\" ä")))
        .satisfies(
            rows -> {
              assertThat(rows).hasSize(20);
              return null;
            });
    PAssert.that(pipeline.apply("Again", read(table))).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_partition_with_only_static_columns_is_a_row_without_clustering_columns() {
    Table table =
        Table.named(keyspace.name(), "statics")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .staticColumn("s", CqlType.TEXT)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    keyspace.execute("INSERT INTO statics (k, s) VALUES (1, 'only')");
    keyspace.execute("INSERT INTO statics (k, c, s, v) VALUES (2, 1, 'shared', 'a')");
    keyspace.execute("INSERT INTO statics (k, c, v) VALUES (2, 2, 'b')");
    Schema schema = table.rowSchema();
    PAssert.that(pipeline.apply(read(table)))
        .containsInAnyOrder(
            Row.withSchema(schema).addValues(1, null, "only", null).build(),
            Row.withSchema(schema).addValues(2, 1, "shared", "a").build(),
            Row.withSchema(schema).addValues(2, 2, "shared", "b").build());
    pipeline.run().waitUntilFinish();
  }
}
