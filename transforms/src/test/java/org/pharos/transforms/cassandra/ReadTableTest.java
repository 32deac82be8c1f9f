package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Order;
import org.pharos.schemas.Table;

@WithCassandra
class ReadTableTest implements Serializable {

  record Reading(String sensor, int day, long seq, @Nullable Double value) {}

  record Stamped(long seq, @Nullable Long valueWritetime, @Nullable Integer valueTtl) {}

  record Wrong(String sensor, int seq) {}

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
    return Table.named(keyspace.name(), name)
        .partitionKey("sensor", CqlType.TEXT)
        .partitionKey("day", CqlType.INT)
        .clusteringKey("seq", CqlType.BIGINT, Order.DESCENDING)
        .column("value", CqlType.DOUBLE)
        .build();
  }

  /** 3 sensors x 4 days x 5 readings; every fifth reading has no value. */
  private List<Row> fill(Table table) {
    table.createStatements().forEach(statement -> keyspace.execute(statement));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String sensor = "s" + i % 3;
      int day = i / 3 % 4;
      Double value = i % 5 == 0 ? null : i / 2.0;
      if (value == null) {
        keyspace.execute(
            "INSERT INTO " + table.name() + " (sensor, day, seq) VALUES (?, ?, ?)",
            sensor,
            day,
            (long) i);
      } else {
        keyspace.execute(
            "INSERT INTO " + table.name() + " (sensor, day, seq, value) VALUES (?, ?, ?, ?)",
            sensor,
            day,
            (long) i,
            value);
      }
      rows.add(Row.withSchema(table.rowSchema()).addValues(sensor, day, (long) i, value).build());
    }
    return rows;
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
  void a_record_that_does_not_fit_is_refused_with_every_field() {
    Table table = readings("unread");
    assertThatThrownBy(() -> read(table).withColumns("day", "seq").as(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is read for sensor")
        .hasMessageContaining("seq is INT64 NOT NULL, not INT32 NOT NULL");
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
    table.createStatements().forEach(statement -> keyspace.execute(statement));
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
  void key_columns_have_no_write_time() {
    assertThatThrownBy(() -> read(readings("unread")).withWriteTime("seq"))
        .hasMessageContaining("no single writetime of column seq")
        .hasMessageContaining("key columns have none");
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
    table.createStatements().forEach(statement -> keyspace.execute(statement));
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
    table.createStatements().forEach(statement -> keyspace.execute(statement));
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

  @Test
  void filters_on_the_partition_key_read_only_those_partitions() {
    Table table = readings("partitions");
    List<Row> expected = fill(table);
    PCollection<Row> rows =
        pipeline.apply(
            read(table)
                .where(
                    Filter.in("sensor", "s0", "s2", "s0", "nobody"),
                    Filter.in("day", 1, 3),
                    Filter.atLeast("seq", 10L),
                    Filter.less("seq", 50L)));
    PAssert.that(rows)
        .containsInAnyOrder(
            expected.stream()
                .filter(
                    row ->
                        !"s1".equals(row.getString("sensor"))
                            && row.getInt32("day") % 2 == 1
                            && row.getInt64("seq") >= 10
                            && row.getInt64("seq") < 50)
                .toList());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(Metrics.counter(result, "splits_planned")).isEqualTo(6);
  }

  @Test
  void filters_on_an_indexed_column_are_applied_by_cassandra() {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "SAI came with Cassandra 5.0");
    Table table =
        Table.named(keyspace.name(), "indexed")
            .partitionKey("k", CqlType.INT)
            .column("n", CqlType.INT)
            .column("tags", CqlType.set(CqlType.TEXT))
            .index(Index.of("indexed_n", "n"))
            .index(Index.of("indexed_tags", "tags"))
            .build();
    table.createStatements().forEach(statement -> keyspace.execute(statement));
    for (int i = 0; i < 50; i++) {
      keyspace.execute(
          "INSERT INTO indexed (k, n, tags) VALUES (?, ?, {'all', '" + (i % 2) + "'})", i, i);
    }
    PCollection<Row> rows =
        pipeline.apply(
            read(table)
                .withColumns("k")
                .where(
                    Filter.greater("n", 10), Filter.atMost("n", 20), Filter.contains("tags", "1")));
    Schema schema = Schema.builder().addInt32Field("k").build();
    PAssert.that(rows)
        .containsInAnyOrder(
            IntStream.of(11, 13, 15, 17, 19)
                .mapToObj(k -> Row.withSchema(schema).addValues(k).build())
                .toList());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(Metrics.counter(result, "rows_read")).isEqualTo(5);
  }

  @Test
  void a_predicate_is_applied_by_the_pipeline() {
    Table table = readings("predicate");
    fill(table);
    PAssert.thatSingleton(
            pipeline
                .apply(
                    read(table).matching(row -> row.getInt64("seq") % 2 == 0).as(Stampless.class))
                .apply(Count.globally()))
        .isEqualTo(30L);
    pipeline.run().waitUntilFinish();
  }

  record Stampless(String sensor) {}

  @Test
  void filters_that_need_a_full_scan_are_refused_with_what_is_possible() {
    Table table = readings("unread");
    assertThatThrownBy(() -> read(table).where(Filter.equal("sensor", "a")))
        .hasMessageContaining("the partition key has [day] without a filter");
    assertThatThrownBy(() -> read(table).where(Filter.equal("value", 1.0)))
        .hasMessageContaining("the filter value = ? cannot be applied")
        .hasMessageContaining("use matching(...) for the rest");
    assertThatThrownBy(
            () -> read(table).where(Filter.greater("sensor", "a"), Filter.equal("day", 1)))
        .hasMessageContaining("a partition is found by equal or in");
    assertThatThrownBy(
            () -> read(table).where(Filter.equal("sensor", "a"), Filter.equal("day", "Monday")))
        .hasMessageContaining("the filter on column day")
        .hasMessageContaining("java.lang.String");
    assertThatThrownBy(() -> read(table).where(Filter.equal("nothing", 1)))
        .hasMessageContaining("has no column nothing");
  }

  @Test
  void a_table_that_is_not_there_fails_the_job_and_says_what_to_do() {
    PCollection<Row> ignored = pipeline.apply(read(readings("missing")));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at " + keyspace.name() + ".missing")
        .hasStackTraceContaining("Check that the table exists");
  }

  @Test
  void a_keyspace_that_is_not_there_fails_the_job_and_says_what_to_do() {
    PCollection<Row> ignored = pipeline.apply(read(readings("any").inKeyspace("no_such_keyspace")));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at no_such_keyspace.any")
        .hasStackTraceContaining("Check that the table exists");
  }

  @Test
  void a_column_that_is_not_there_fails_the_job_and_says_what_to_do() {
    Table table = readings("narrow");
    fill(table);
    Table wider =
        Table.named(keyspace.name(), "narrow")
            .partitionKey("sensor", CqlType.TEXT)
            .partitionKey("day", CqlType.INT)
            .clusteringKey("seq", CqlType.BIGINT)
            .column("colour", CqlType.TEXT)
            .build();
    PCollection<Row> ignored = pipeline.apply(read(wider));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing to read failed at " + keyspace.name() + ".narrow")
        .hasStackTraceContaining("colour")
        .hasStackTraceContaining("Tables.verify tells the difference");
  }

  @Test
  void bad_settings_are_refused_at_once_with_what_is_allowed() {
    ReadTable read = read(readings("unread"));
    assertThatThrownBy(() -> read.withParallelism(0)).hasMessageContaining("1 to 100000, not 0");
    assertThatThrownBy(() -> read.withSplitBytes(1)).hasMessageContaining("at least 1024");
    assertThatThrownBy(() -> read.withColumns("nothing")).hasMessageContaining("no column nothing");
    assertThatThrownBy(() -> read.withConsistency(Consistency.EACH_QUORUM))
        .hasMessageContaining("EACH_QUORUM");
    assertThatThrownBy(() -> pipeline.apply(ReadTable.of(readings("unread"))))
        .hasMessageContaining("needs a connection");
  }

  @Test
  void display_data_says_what_is_read_and_no_values() {
    Table table = readings("unread");
    DisplayData shown =
        DisplayData.from(
            read(table).where(Filter.equal("sensor", "private"), Filter.equal("day", 1)));
    assertThat(shown.asMap().values().toString())
        .contains(table.qualifiedName())
        .contains("sensor = ?")
        .contains("LOCAL_QUORUM")
        .doesNotContain("private");
  }
}
