package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Table;

/** Conditions that Cassandra applies, and those that the pipeline does. */
@WithCassandra
class ReadFiltersTest implements Serializable {

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
    TestConnections.create(keyspace, table);
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
                .apply(read(table).matching(row -> row.getInt64("seq") % 2 == 0).as(Sensor.class))
                .apply(Count.globally()))
        .isEqualTo(30L);
    pipeline.run().waitUntilFinish();
  }

  record Sensor(String sensor) {}

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
}
