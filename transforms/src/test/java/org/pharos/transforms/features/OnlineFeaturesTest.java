package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Pipelines;
import org.pharos.transforms.cassandra.ReadTable;

/** What is written is served, and is what the history says as of now. */
@WithCassandra
class OnlineFeaturesTest implements Serializable {
  private static final Schema ENTITY =
      Schema.builder()
          .addNullableField("customer", FieldType.INT64)
          .addStringField("shop")
          .addDateTimeField("at")
          .build();

  private final transient TestKeyspace keyspace;
  private final transient CassandraConnection connection;
  private final transient Pipeline pipeline = Pipelines.create();
  private final Instant now = Instant.now();

  OnlineFeaturesTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
    this.connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
  }

  @BeforeEach
  void create() {
    for (FeatureView view : List.of(Statements.view(), second())) {
      for (Table table :
          List.of(
              FeatureTables.history(keyspace.name(), view),
              FeatureTables.online(keyspace.name(), view))) {
        table.createStatements().forEach(keyspace::execute);
        keyspace.execute("TRUNCATE " + table.qualifiedName());
      }
    }
  }

  private static FeatureView second() {
    return FeatureView.named("spending", 2)
        .of(Statements.ROWS)
        .by("shop", "customer")
        .at("as_of")
        .withTimeToLive(Duration.standardDays(1));
  }

  private static Row row(
      long customer, Instant at, @Nullable Long purchases, @Nullable String favourite) {
    return Row.withSchema(Statements.ROWS)
        .addValues("s", customer, at, purchases, favourite)
        .build();
  }

  private Row entity(@Nullable Long customer) {
    return Row.withSchema(ENTITY).addValues(customer, "s", now).build();
  }

  private static void write(Pipeline into, FeatureWrites writes, List<Row> rows) {
    var ignored =
        into.apply("Rows of " + writes.name(), Create.of(rows).withRowSchema(Statements.ROWS))
            .apply("Write " + writes.name(), writes.write());
  }

  private record FeatureWrites(String name, WriteFeatures write) {}

  private WriteFeatures into(FeatureView view) {
    return WriteFeatures.of(view).in(keyspace.name()).to(connection);
  }

  @Test
  void the_latest_statement_of_each_entity_is_served_as_the_history_joins_it() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // A time of its own each: of two statements of one time the online table mixes the values.
      rows.add(
          row(
              random.nextInt(20),
              now.minus(Duration.standardMinutes(i + 1)),
              random.nextInt(4) == 0 ? null : (long) i,
              random.nextInt(4) == 0 ? null : "f" + i));
    }
    rows.addAll(rows.subList(0, 100)); // replayed
    Collections.shuffle(rows, random);
    write(pipeline, new FeatureWrites("first", into(Statements.view())), rows);
    write(pipeline, new FeatureWrites("second", into(second())), rows);
    pipeline.run().waitUntilFinish();

    List<Row> entities = new ArrayList<>();
    for (long customer = 0; customer < 22; customer++) {
      entities.add(entity(customer));
    }
    OnlineFeatures.Views views =
        OnlineFeatures.of(Statements.view()).and(second()).withDefault("spending_purchases", 0L);
    List<List<@Nullable Object>> served = new ArrayList<>();
    try (OnlineFeatures online = views.open(keyspace.name(), connection)) {
      assertThat(online.schema(ENTITY).getFieldNames())
          .containsExactly(
              "customer",
              "shop",
              "at",
              "spending_as_of",
              "spending_purchases",
              "spending_favourite",
              "spending_v2_as_of",
              "spending_v2_purchases",
              "spending_v2_favourite");
      online
          .read(entities)
          .join()
          .forEach(each -> served.add(Statements.comparable(each.getValues())));
    }
    assertThat(served.get(21))
        .containsExactly(21L, "s", now.getMillis() + " ms", null, 0L, null, null, null, null);
    assertThat(served).anyMatch(each -> each.get(6) != null);

    Pipeline later = Pipelines.create();
    PCollection<Row> asked = later.apply("Entities", Create.of(entities).withRowSchema(ENTITY));
    // All was known a moment after it was asked for: what is known does not matter here.
    JoinPointInTime join = JoinPointInTime.at("at").whateverWasKnown();
    for (FeatureView view : List.of(Statements.view(), second())) {
      join =
          join.merging(
              view,
              later.apply(
                  "Read " + view,
                  ReadTable.of(FeatureTables.history(keyspace.name(), view)).from(connection)));
    }
    List<PCollection<Row>> same =
        List.of(
            asked.apply("Join", join.withDefault("spending_purchases", 0L)),
            asked.apply("Read online", views.from(keyspace.name(), connection)));
    for (PCollection<Row> each : same) {
      PAssert.that(each)
          .satisfies(
              found -> {
                List<List<@Nullable Object>> values = new ArrayList<>();
                found.forEach(row -> values.add(Statements.comparable(row.getValues())));
                assertThat(values).containsExactlyInAnyOrderElementsOf(served);
                return null;
              });
    }
    later.run().waitUntilFinish();
  }

  @Test
  void a_late_statement_does_not_undo_a_newer_one_and_a_null_replaces() {
    FeatureView view = Statements.view();
    for (Row row :
        List.of(
            row(1, now.minus(Duration.standardHours(3)), 3L, "beer"),
            row(1, now.minus(Duration.standardHours(1)), 5L, null),
            row(1, now.minus(Duration.standardHours(2)), 4L, "milk"))) {
      Pipeline each = Pipelines.create();
      write(each, new FeatureWrites("one", into(view)), List.of(row));
      each.run().waitUntilFinish();
    }
    try (OnlineFeatures online = OnlineFeatures.of(view).open(keyspace.name(), connection)) {
      Row served = online.read(entity(1L)).join();
      assertThat(Statements.comparable(served.getValues()).subList(3, 6))
          .containsExactly(now.minus(Duration.standardHours(1)).getMillis() + " ms", 5L, null);
      assertThat(online.read(entity(null)).join().getValues().subList(3, 6))
          .containsExactly(null, null, null);
    }
    assertThat(keyspace.execute("SELECT count(*) FROM spending_v1_history").one().getLong(0))
        .isEqualTo(3);
  }

  @Test
  void of_corrections_the_last_is_served_also_where_it_is_less() {
    Instant at = Instant.ofEpochMilli(now.getMillis() / 60_000 * 60_000 - 3_600_000);
    for (Row row :
        List.of(
            row(1, at, 5L, "wine"),
            row(1, at, 3L, null),
            row(1, at.minus(Duration.standardMinutes(1)), 7L, "milk"))) {
      Pipeline each = Pipelines.create();
      write(
          each,
          new FeatureWrites(
              "one", into(Statements.view()).withCorrections(Duration.standardMinutes(1))),
          List.of(row));
      each.run().waitUntilFinish();
    }
    try (OnlineFeatures online =
        OnlineFeatures.of(Statements.view()).open(keyspace.name(), connection)) {
      Row served = online.read(entity(1L)).join();
      assertThat(Statements.comparable(served.getValues()).subList(3, 6))
          .containsExactly(at.getMillis() + " ms", 3L, null);
    }
  }

  @Test
  void what_has_expired_is_in_the_history_but_not_served() {
    write(
        pipeline,
        new FeatureWrites("expired", into(second())),
        List.of(
            row(1, now.minus(Duration.standardHours(25)), 1L, "old"),
            row(2, now.minus(Duration.standardHours(23)), 2L, "new")));
    pipeline.run().waitUntilFinish();
    try (OnlineFeatures online = OnlineFeatures.of(second()).open(keyspace.name(), connection)) {
      assertThat(online.read(entity(1L)).join().<Object>getValue("spending_purchases")).isNull();
      assertThat(online.read(entity(2L)).join().<Object>getValue("spending_purchases"))
          .isEqualTo(2L);
    }
    long left =
        keyspace
            .execute("SELECT ttl(purchases) FROM spending_v2_online WHERE shop='s' AND customer=2")
            .one()
            .getInt(0);
    assertThat(left).isBetween(3_000L, 3_600L);
    assertThat(keyspace.execute("SELECT count(*) FROM spending_v2_history").one().getLong(0))
        .isEqualTo(2);
  }

  @Test
  void a_backfill_is_known_when_it_would_have_been() {
    Instant then = Instant.parse("1998-03-01T00:00:00Z");
    write(
        pipeline,
        new FeatureWrites(
            "backfill",
            into(Statements.view()).knownAfter(Duration.standardHours(2)).toHistoryOnly()),
        List.of(row(1, then, 1L, "beer")));
    pipeline.run().waitUntilFinish();
    var written = keyspace.execute("SELECT known_at, ingested_at FROM spending_v1_history").one();
    assertThat(written.getInstant("known_at"))
        .isEqualTo(java.time.Instant.parse("1998-03-01T02:00:00Z"));
    assertThat(written.getInstant("ingested_at").toEpochMilli())
        .isGreaterThanOrEqualTo(now.getMillis());
    assertThat(keyspace.execute("SELECT * FROM spending_v1_online").one()).isNull();
  }
}
