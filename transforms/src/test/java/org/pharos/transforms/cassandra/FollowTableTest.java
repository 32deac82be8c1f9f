package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Events.Event;

@WithCassandra
class FollowTableTest implements Serializable {

  record Happened(int id, Instant at, String value) {}

  private transient TestKeyspace keyspace;
  private transient CassandraConnection connection;
  private transient Pipeline pipeline;

  @BeforeEach
  void connect(TestKeyspace keyspace, CassandraCluster cluster) {
    this.keyspace = keyspace;
    this.connection = TestConnections.to(cluster);
    this.pipeline = Pipelines.create();
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  @Test
  void brings_each_row_once_also_those_that_come_late_within_the_overlap() {
    Table table = Events.table(keyspace, "live");
    TestConnections.create(keyspace, table);
    long now = System.currentTimeMillis();
    List<Event> events = Events.from(now - 5000, 400, 25);
    long until = events.get(events.size() - 1).at() + 1;
    // Those of before are there already; of the others some come at once, some a second late.
    events.subList(0, 200).forEach(event -> Events.insert(keyspace, table, event));
    try (Events.Writer ignored =
        new Events.Writer(
            keyspace, table, events.subList(200, 400), event -> event.id() % 4 == 0 ? 1000 : 0)) {
      PCollection<Row> rows =
          pipeline.apply(
              FollowTable.of(table)
                  .from(connection)
                  .where(Events.shards())
                  .since(at(now - 4000))
                  .until(at(until))
                  .withPollInterval(Duration.millis(200))
                  .withOverlap(Duration.standardSeconds(4)));
      assertThat(rows.getSchema()).isEqualTo(table.rowSchema());
      PAssert.that(rows)
          .containsInAnyOrder(
              events.stream()
                  .filter(event -> event.at() >= now - 4000)
                  .map(event -> Events.row(table, event))
                  .toList());
      PipelineResult result = pipeline.run();
      result.waitUntilFinish();
      assertThat(Metrics.counter(result, "rows_followed")).isEqualTo(360);
      assertThat(Metrics.counter(result, "polls")).isGreaterThan(10);
      assertThat(Lineage.query(result.metrics(), Lineage.Type.SOURCE))
          .containsExactly("cassandra:" + keyspace.name() + ".live");
    }
  }

  @Test
  void a_row_s_time_is_its_timestamp_and_a_time_uuid_is_a_time() {
    Table table = Events.byUuid(keyspace, "by_uuid");
    TestConnections.create(keyspace, table);
    long start = System.currentTimeMillis() - 60_000;
    List<TimestampedValue<Row>> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // Two of each time, and several buckets.
      long time = start + i / 2 * 250;
      expected.add(
          TimestampedValue.of(Events.insertByUuid(keyspace, table, time, i % 2), at(time)));
    }
    PCollection<TimestampedValue<Row>> rows =
        pipeline
            .apply(
                FollowTable.of(table)
                    .from(connection)
                    .since(at(start + 250))
                    .until(at(start + 19 * 250)))
            .apply(Reify.timestamps());
    PAssert.that(rows).containsInAnyOrder(expected.subList(2, 38));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void brings_records() {
    Table table = Events.table(keyspace, "records");
    TestConnections.create(keyspace, table);
    long start = System.currentTimeMillis() - 60_000;
    List<Event> events = Events.from(start, 30, 100);
    events.forEach(event -> Events.insert(keyspace, table, event));
    PCollection<Happened> records =
        pipeline.apply(
            FollowTable.of(table)
                .from(connection)
                .where(Events.shards())
                .since(at(start))
                .until(at(start + 3000))
                .as(Happened.class));
    PAssert.that(records)
        .containsInAnyOrder(
            events.stream()
                .map(event -> new Happened(event.id(), at(event.at()), "v" + event.id()))
                .toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_table_with_a_bucket_by_hash_is_followed_in_all_of_its_buckets() {
    Table table =
        Table.named(keyspace.name(), "hashed")
            .bucketedBy(Bucket.byHash("part", List.of("id"), 5))
            .clusteringKey("at", CqlType.TIMESTAMP)
            .clusteringKey("id", CqlType.INT)
            .build();
    TestConnections.create(keyspace, table);
    long start = System.currentTimeMillis() - 60_000;
    List<Row> expected = new ArrayList<>();
    for (int id = 0; id < 50; id++) {
      Row row =
          Row.withSchema(table.rowSchema())
              .addValues(table.bucket().orElseThrow().of(idRow(id)), at(start + id), id)
              .build();
      expected.add(row);
      keyspace.execute(
          "INSERT INTO hashed (part, at, id) VALUES (?, ?, ?)",
          row.getInt32("part"),
          java.time.Instant.ofEpochMilli(start + id),
          id);
    }
    PAssert.that(
            pipeline.apply(
                FollowTable.of(table).from(connection).since(at(start)).until(at(start + 50))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static Row idRow(int id) {
    return Row.withSchema(Schema.builder().addInt32Field("id").build()).addValue(id).build();
  }

  @Test
  void what_is_there_between_two_times_is_read_at_once() {
    Table table = Events.table(keyspace, "span");
    Table uuids = Events.byUuid(keyspace, "span_by_uuid");
    TestConnections.create(keyspace, table);
    TestConnections.create(keyspace, uuids);
    long start = System.currentTimeMillis() - 60_000;
    List<Event> events = Events.from(start, 60, 100);
    events.forEach(event -> Events.insert(keyspace, table, event));
    List<Row> byUuid = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byUuid.add(Events.insertByUuid(keyspace, uuids, start + i * 100, 0));
    }
    PCollection<Row> rows =
        pipeline.apply(
            FollowTable.of(table)
                .from(connection)
                .where(Events.shards())
                .between(at(start + 500), at(start + 4500)));
    assertThat(rows.isBounded()).isEqualTo(PCollection.IsBounded.BOUNDED);
    PAssert.that(rows.apply("Times", Reify.timestamps()))
        .containsInAnyOrder(
            events.subList(5, 45).stream()
                .map(event -> TimestampedValue.of(Events.row(table, event), at(event.at())))
                .toList());
    PAssert.that(
            pipeline.apply(
                "By uuid",
                FollowTable.of(uuids).from(connection).between(at(start + 500), at(start + 4500))))
        .containsInAnyOrder(byUuid.subList(5, 45));
    pipeline.run().waitUntilFinish();
  }
}
