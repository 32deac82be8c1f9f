package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/** Features merged from tiles against the same features of all events at once. */
@WithCassandra
class TiledFeaturesTest {
  private static final Instant AS_OF = Instant.parse("1998-07-01T00:00:00Z");
  private static final Duration TILE = Duration.standardHours(6);

  private static final Schema EVENTS =
      Schema.builder()
          .addInt64Field("customer")
          .addDateTimeField("at")
          .addNullableField("price", FieldType.DECIMAL)
          .addNullableField("weight", FieldType.DOUBLE)
          .addNullableField("category", FieldType.STRING)
          .build();

  private final TestKeyspace keyspace;
  private final Pipeline pipeline = Pipeline.create();

  TiledFeaturesTest(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  private static TiledFeatures tiled() {
    return TiledFeatures.by("customer")
        .of(EVENTS)
        .every(TILE)
        .withEventTime("at")
        .with("events", Count.events(), Trailing.hours(6), Trailing.days(30), Trailing.all())
        .with("spend", Sum.of("price"), Trailing.days(1), Trailing.days(7))
        .with("weight", Sum.of("weight"), Trailing.days(7))
        .with("deviation", Variance.of("weight").asDeviation(), Trailing.days(30))
        .with("categories", CountDistinct.of("category"), Trailing.days(7), Trailing.all())
        .with("favourites", MostFrequent.of("category").first(2), Trailing.days(30))
        .with("latest", LastValues.of("category", 3), Trailing.days(30))
        .with("weights", Histogram.of("weight", 1, 5), Trailing.all())
        .with("recency", Recency.in(Duration.standardHours(1)), Trailing.days(7));
  }

  private static SummarizeEvents whole(Instant asOf) {
    return SummarizeEvents.by("customer")
        .asOf(asOf)
        .withEventTime("at")
        .with("events", Count.events(), Trailing.hours(6), Trailing.days(30), Trailing.all())
        .with("spend", Sum.of("price"), Trailing.days(1), Trailing.days(7))
        .with("weight", Sum.of("weight"), Trailing.days(7))
        .with("deviation", Variance.of("weight").asDeviation(), Trailing.days(30))
        .with("categories", CountDistinct.of("category"), Trailing.days(7), Trailing.all())
        .with("favourites", MostFrequent.of("category").first(2), Trailing.days(30))
        .with("latest", LastValues.of("category", 3), Trailing.days(30))
        .with("weights", Histogram.of("weight", 1, 5), Trailing.all())
        .with("recency", Recency.in(Duration.standardHours(1)), Trailing.days(7));
  }

  /** Many at the very ends of tiles and windows. */
  private static List<Row> events(long seed) {
    Random random = new Random(seed);
    List<Row> events = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Instant at = AS_OF.plus(Duration.standardHours(6L * (random.nextInt(160) - 150)));
      if (random.nextInt(3) > 0) {
        at = at.minus(random.nextInt(21_600_000)).plus(random.nextInt(2));
      }
      events.add(
          Row.withSchema(EVENTS)
              .addValues(
                  (long) random.nextInt(5),
                  at,
                  random.nextInt(5) == 0
                      ? null
                      : new BigDecimal(random.nextInt(1_000)).movePointLeft(2),
                  random.nextInt(5) == 0 ? null : random.nextDouble() * 7,
                  random.nextInt(5) == 0
                      ? null
                      : List.of("beer", "milk", "wine").get(random.nextInt(3)))
              .build());
    }
    return events;
  }

  /** Both have the same rows, and some. */
  private static void checkEqual(String name, PCollection<Row> left, PCollection<Row> right) {
    PAssert.that(
            PCollectionList.of(counted(name + " left", left, 1))
                .and(counted(name + " right", right, -1))
                .apply(name, Flatten.pCollections())
                .apply(name + " balance", org.apache.beam.sdk.transforms.Sum.integersPerKey()))
        .satisfies(
            rows -> {
              assertThat(rows).isNotEmpty().allMatch(row -> row.getValue() == 0);
              return null;
            });
  }

  private static PCollection<KV<String, Integer>> counted(
      String name, PCollection<Row> rows, int weight) {
    return rows.apply(
        name,
        MapElements.into(TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.integers()))
            .via(row -> KV.of(String.valueOf(row.getValues()), weight)));
  }

  @Test
  void features_of_tiles_are_those_of_all_events_whenever_a_tile_ends() {
    List<Row> sold = events(7);
    PCollection<Row> events = pipeline.apply(Create.of(sold).withRowSchema(EVENTS));
    PCollection<Row> tiles = events.apply("Tile", tiled().tiles());
    for (int i = -40; i <= 4; i += 22) {
      Instant asOf = AS_OF.plus(TILE.multipliedBy(i));
      PCollection<Row> merged = tiles.apply("Merge " + i, tiled().asOf(asOf));
      PCollection<Row> expected = events.apply("Summarize " + i, whole(asOf));
      assertThat(merged.getSchema()).isEqualTo(expected.getSchema());
      checkEqual("Compare " + i, merged, expected);
    }
    pipeline.run().waitUntilFinish();
  }

  @Test
  void tiles_are_kept_in_a_table() {
    List<Row> sold = events(11);
    Table table =
        FeatureTables.history(
            keyspace.name(),
            "tiles",
            tiled().tileSchema(),
            tiled().entity(),
            TiledFeatures.TILE_END);
    table.createStatements().forEach(keyspace::execute);
    CassandraConnection connection =
        CassandraConnection.to(keyspace.cluster().contactPoints())
            .withLocalDatacenter(keyspace.cluster().datacenter());
    PCollection<Row> events = pipeline.apply(Create.of(sold).withRowSchema(EVENTS));
    var ignored =
        events
            .apply("Tile", tiled().tiles())
            .apply("Keep tiles", WriteTable.of(table).to(connection));
    pipeline.run().waitUntilFinish();

    Pipeline later = Pipeline.create();
    checkEqual(
        "Compare",
        later
            .apply("Read tiles", ReadTable.of(table).from(connection))
            .apply("Merge", tiled().asOf(AS_OF)),
        later.apply(Create.of(sold).withRowSchema(EVENTS)).apply("Summarize", whole(AS_OF)));
    later.run().waitUntilFinish();
  }

  @Test
  void an_event_without_an_entity_or_a_time_is_set_aside() {
    Schema nullable =
        Schema.builder()
            .addNullableField("customer", FieldType.INT64)
            .addNullableField("at", FieldType.DATETIME)
            .build();
    TiledFeatures counts =
        TiledFeatures.by("customer")
            .of(nullable)
            .every(TILE)
            .withEventTime("at")
            .with("events", Count.events(), Trailing.all());
    PCollection<Row> events =
        pipeline.apply(
            Create.of(
                    Row.withSchema(nullable).addValues(1L, AS_OF).build(),
                    Row.withSchema(nullable).addValues(null, AS_OF).build(),
                    Row.withSchema(nullable).addValues(2L, null).build())
                .withRowSchema(nullable));
    BadRecordErrorHandler<PCollection<Long>> handler =
        pipeline.registerBadRecordErrorHandler(
            org.apache.beam.sdk.transforms.Count.<BadRecord>globally());
    PCollection<Row> tiles = events.apply(counts.tiles().withErrorHandler(handler));
    handler.close();
    PAssert.that(tiles)
        .containsInAnyOrder(Row.withSchema(counts.tileSchema()).addValues(1L, AS_OF, 1L).build());
    PAssert.thatSingleton(handler.getOutput()).isEqualTo(2L);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void definitions_that_cannot_be_are_refused() {
    TiledFeatures base = TiledFeatures.by("customer").of(EVENTS).every(TILE);
    assertThatThrownBy(() -> base.with("spend", Sum.of("price"), Trailing.hours(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature spend: a window of 9h is no multiple of a tile of 6h");
    assertThatThrownBy(() -> base.with("spend", Sum.of("price")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature spend: over which window? Trailing.all() is one");
    assertThatThrownBy(
            () ->
                base.with("n", Count.events(), Trailing.days(1))
                    .with("n", Count.events(), Trailing.days(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a column n already");
    assertThatThrownBy(() -> base.with("n", Count.events(), Trailing.days(1), Trailing.hours(24)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a column n_1d already");
    assertThatThrownBy(() -> tiled().asOf(AS_OF.plus(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features can be stated when a tile ends, every 6h, but not at"
                + " 1998-07-01T00:00:00.001Z");
    assertThatThrownBy(() -> base.with("x", Sum.of("category"), Trailing.days(1)).tileSchema())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature x: sum of category needs numbers, but the field is STRING");
    PCollection<Row> others =
        pipeline.apply(Create.empty(Schema.builder().addInt64Field("customer").build()));
    assertThatThrownBy(() -> others.apply(tiled().asOf(AS_OF)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tiles have no column tile_end, only [customer]");
    assertThatThrownBy(() -> others.apply(tiled().tiles()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tiles were defined for events of [customer, at, price");
  }
}
