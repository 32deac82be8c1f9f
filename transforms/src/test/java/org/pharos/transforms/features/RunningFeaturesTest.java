package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.transforms.cassandra.Pipelines;

/** What is stated of a stream, against a naive summary of all events, at every time. */
class RunningFeaturesTest implements Serializable {
  private static final Instant START = Instant.parse("2026-03-14T00:00:00Z");
  static final Duration TILE = Duration.standardHours(1);
  private static final int HOURS = 40;

  static final Schema EVENTS =
      Schema.builder()
          .addNullableField("customer", FieldType.INT64)
          .addNullableField("at", FieldType.DATETIME)
          .addNullableField("price", FieldType.DOUBLE)
          .build();

  private final transient Pipeline pipeline = Pipelines.create();

  static TiledFeatures tiled() {
    return TiledFeatures.by("customer")
        .of(EVENTS)
        .every(TILE)
        .withEventTime("at")
        .with("events", Count.events(), Trailing.hours(1), Trailing.hours(5), Trailing.all())
        .with("spend", Sum.of("price"), Trailing.hours(2))
        .with("cheapest", Min.of("price"), Trailing.hours(5));
  }

  static Instant hour(double hours) {
    return START.plus((long) (hours * TILE.getMillis()));
  }

  static Row event(@Nullable Long customer, @Nullable Instant at, @Nullable Double price) {
    return Row.withSchema(EVENTS).addValues(customer, at, price).build();
  }

  static TimestampedValue<Row> timed(Row event) {
    return TimestampedValue.of(event, event.getDateTime("at").toInstant());
  }

  /** Some at the very ends of tiles, some hours without any. */
  private static List<Row> events(Random random) {
    List<Row> events = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      double at = random.nextInt(4) == 0 ? random.nextInt(HOURS) : random.nextDouble() * HOURS;
      at = at > 12 && at < 24 ? 12 : at;
      events.add(
          event(
              (long) random.nextInt(3),
              hour(at),
              random.nextInt(5) == 0 ? null : (double) random.nextInt(100)));
    }
    return events;
  }

  /** In the order of their times but for some, which come hours later; each alone. */
  private static TestStream<Row> stream(List<Row> events, Random random, boolean late) {
    List<Map.Entry<Long, Row>> ordered = new ArrayList<>();
    for (Row event : events) {
      long delay = late && random.nextInt(3) == 0 ? random.nextInt(9 * 3_600_000) : 0;
      ordered.add(Map.entry(event.getDateTime("at").getMillis() + delay, event));
    }
    Collections.sort(ordered, Map.Entry.comparingByKey());
    TestStream.Builder<Row> stream =
        TestStream.create(RowCoder.of(EVENTS)).advanceWatermarkTo(START.minus(1));
    for (Map.Entry<Long, Row> each : ordered) {
      Instant watermark = Instant.ofEpochMilli(each.getKey() - 1);
      if (watermark.isAfter(START)) {
        stream = stream.advanceWatermarkTo(watermark);
      }
      stream = stream.addElements(timed(each.getValue()));
    }
    return stream.advanceWatermarkToInfinity();
  }

  /** The features of one entity by their definition, from all events. */
  private static List<@Nullable Object> naive(List<Row> events, long customer, Instant asOf) {
    FeatureLayout layout = new FeatureLayout(EVENTS, List.of("customer"), "at", features());
    List<@Nullable Object> results = new ArrayList<>();
    for (int i = 0; i < layout.aggregators().size(); i++) {
      @SuppressWarnings("unchecked")
      Aggregator<Object> aggregator = (Aggregator<Object>) layout.aggregators().get(i);
      Object state = aggregator.prepare();
      for (Row event : events) {
        Instant at = event.getDateTime("at").toInstant();
        if (event.getInt64("customer") == customer
            && !at.isAfter(asOf)
            && layout.windows().get(i).covers(at, asOf)) {
          Object value = layout.value(i, layout.values(event, at));
          state = value == null ? state : aggregator.update(state, value, at);
        }
      }
      results.add(aggregator.finish(state, asOf));
    }
    return results;
  }

  private static List<Feature> features() {
    List<Feature> features = new ArrayList<>();
    features.addAll(
        Feature.of("events", Count.events(), Trailing.hours(1), Trailing.hours(5), Trailing.all()));
    features.addAll(Feature.of("spend", Sum.of("price"), Trailing.hours(2)));
    features.addAll(Feature.of("cheapest", Min.of("price"), Trailing.hours(5)));
    return features;
  }

  /**
   * By entity and time the features stated last: late events only add, so it is the one that has
   * seen the most.
   */
  static Map<Long, NavigableMap<Long, Row>> last(Iterable<Row> stated) {
    Map<Long, NavigableMap<Long, Row>> last = new HashMap<>();
    for (Row row : stated) {
      last.computeIfAbsent(row.getInt64("customer"), key -> new TreeMap<>())
          .merge(
              row.getDateTime("as_of").getMillis(),
              row,
              (one, other) ->
                  one.getInt64("events_all") < other.getInt64("events_all") ? other : one);
    }
    return last;
  }

  /** At each hour after a start the newest row is of all events, until all have left. */
  private static void assertNewest(
      Map<Long, NavigableMap<Long, Row>> last, List<Row> events, int start) {
    for (long customer = 0; customer < 3; customer++) {
      for (int hour = start + 1; hour <= HOURS + 6; hour++) {
        Map.Entry<Long, Row> newest = last.get(customer).floorEntry(hour(hour).getMillis());
        assertThat(
                newest == null
                    // Nothing has changed since the start.
                    ? naive(events, customer, hour(start))
                    : newest.getValue().getValues().subList(2, 7))
            .as("customer %s at %s", customer, hour(hour))
            .isEqualTo(naive(events, customer, hour(hour)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatever_comes_late_the_newest_row_at_any_time_is_that_of_all_events(long seed) {
    Random random = new Random(seed);
    List<Row> events = events(random);
    PCollection<Row> stated =
        pipeline
            .apply(stream(events, random, true))
            .setRowSchema(EVENTS)
            .apply(tiled().running().withAllowedLateness(Duration.standardHours(12)));
    PAssert.that(stated)
        .satisfies(
            rows -> {
              assertNewest(last(rows), events, -1);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** The stream begins two hours before the start, with events that the tiles have as well. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void a_stream_that_starts_with_tiles_goes_on_as_if_it_had_seen_all(long seed) {
    Random random = new Random(seed);
    List<Row> events = events(random);
    Instant start = hour(9);
    List<Row> streamed =
        events.stream()
            .filter(event -> event.getDateTime("at").isAfter(hour(7)))
            .collect(Collectors.toList());
    PCollection<Row> tiles =
        pipeline
            .apply("Events of before", Create.of(events).withRowSchema(EVENTS))
            .apply(Window.<Row>configure().withTimestampCombiner(TimestampCombiner.EARLIEST))
            .apply("Tiles of before", tiled().tiles());
    PCollection<Row> stated =
        pipeline
            .apply(stream(streamed, random, true))
            .setRowSchema(EVENTS)
            .apply(
                tiled()
                    .running()
                    .withAllowedLateness(Duration.standardHours(12))
                    .startingWith(tiles, start));
    PAssert.that(stated)
        .satisfies(
            rows -> {
              assertThat(last(rows).values())
                  .allSatisfy(of -> assertThat(of.firstKey()).isGreaterThan(start.getMillis()));
              assertNewest(last(rows), events, 9);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  /** Without one event in the stream: what leaves its windows is stated all the same. */
  @Test
  void tiles_alone_leave_their_windows() {
    PCollection<Row> tiles =
        pipeline
            .apply(
                Create.of(event(1L, hour(0.5), 2.0), event(1L, hour(3.5), 1.0))
                    .withRowSchema(EVENTS))
            .apply(Window.<Row>configure().withTimestampCombiner(TimestampCombiner.EARLIEST))
            .apply("Tiles of before", tiled().tiles());
    PCollection<String> stated =
        pipeline
            .apply(
                TestStream.create(RowCoder.of(EVENTS))
                    .addElements(timed(event(1L, hour(3.5), 1.0)))
                    .advanceWatermarkToInfinity())
            .setRowSchema(EVENTS)
            .apply(tiled().running().startingWith(tiles, hour(4)))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        row ->
                            new Duration(hour(0), row.getDateTime("as_of")).getStandardHours()
                                + " "
                                + row.getValues().subList(2, 7)));
    PAssert.that(stated)
        .containsInAnyOrder(
            "5 [0, 2, 2, 1.0, 1.0]", "6 [0, 1, 2, null, 1.0]", "9 [0, 0, 2, null, null]");
    pipeline.run().waitUntilFinish();
  }

  /** What would be stated without them would be wrong. */
  @Test
  void tiles_that_hold_nothing_back_are_refused() {
    PCollection<Row> tiles =
        pipeline
            .apply(Create.of(event(1L, hour(0.5), 2.0)).withRowSchema(EVENTS))
            .apply("Tiles of before", tiled().tiles());
    pipeline
        .apply(TestStream.create(RowCoder.of(EVENTS)).advanceWatermarkToInfinity())
        .setRowSchema(EVENTS)
        .apply(tiled().running().startingWith(tiles, hour(4)));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("a tile to start with has the timestamp ");
  }

  @Test
  void time_that_has_not_come_yet_is_not_stated() {
    Instant now = Instant.now();
    PCollection<String> stated =
        pipeline
            .apply(
                TestStream.create(RowCoder.of(EVENTS))
                    .addElements(timed(event(1L, now.minus(TILE), 5.0)))
                    .addElements(timed(event(2L, now.plus(TILE), 5.0)))
                    .advanceWatermarkToInfinity())
            .setRowSchema(EVENTS)
            .apply(tiled().running())
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        row ->
                            row.getInt64("customer")
                                + " "
                                + row.getDateTime("as_of").isAfter(now.plus(60_000))));
    PAssert.that(stated)
        .satisfies(
            rows -> {
              assertThat(rows).isNotEmpty().containsOnly("1 false");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_batch_of_events_is_stated_at_the_same_times() {
    List<Row> events = events(new Random(7));
    PCollection<Row> stated =
        pipeline
            .apply(Create.of(events).withRowSchema(EVENTS))
            .apply(tiled().running().withAllowedLateness(Duration.ZERO));
    PAssert.that(stated)
        .satisfies(
            rows -> {
              rows.forEach(
                  row ->
                      assertThat(row.getValues().subList(2, 7))
                          .isEqualTo(
                              naive(
                                  events,
                                  row.getInt64("customer"),
                                  row.getDateTime("as_of").toInstant())));
              assertThat(last(rows)).hasSize(3);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void what_cannot_be_is_refused_while_assembling() {
    PCollection<Row> events =
        pipeline.apply(Create.of(event(1L, START, 1.0)).withRowSchema(EVENTS));
    assertThatThrownBy(() -> tiled().running().withAllowedLateness(Duration.millis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a lateness is not negative: PT-0.001S");
    assertThatThrownBy(() -> tiled().running().startingWith(events, hour(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("features can be stated when a tile ends, every 1h, but not at ");
    assertThatThrownBy(() -> events.apply(tiled().running().startingWith(events, hour(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tiles have no column tile_end, only [customer, at, price]");
    assertThatThrownBy(
            () ->
                events
                    .apply(Window.into(FixedWindows.of(TILE)))
                    .setRowSchema(EVENTS)
                    .apply(tiled().running()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "running features have windows of their own: put the events into the global window");
  }
}
