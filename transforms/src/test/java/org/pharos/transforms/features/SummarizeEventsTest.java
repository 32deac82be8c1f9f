package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.RecordSchema;

class SummarizeEventsTest {

  private static final Instant AS_OF = Instant.parse("1998-07-01T00:00:00Z");
  private static final Schema EVENTS = RecordSchema.of(Purchase.class).schema();
  private static final Schema FEATURES =
      Schema.builder()
          .addInt64Field("customer_id")
          .addDateTimeField("as_of")
          .addInt64Field("purchases")
          .addNullableField("spend", FieldType.DECIMAL)
          .addInt64Field("products")
          .addNullableField("recency_days", FieldType.INT64)
          .addNullableField("favourite_category", FieldType.STRING)
          .build();

  private final Pipeline pipeline = Pipeline.create();

  @DefaultSchema(RecordSchema.class)
  record Purchase(
      @Nullable Long customerId,
      @Nullable Instant soldAt,
      @Nullable Integer product,
      @Nullable BigDecimal price,
      @Nullable String category) {}

  private static Purchase purchase(
      long customer, Instant at, int product, String price, String category) {
    return new Purchase(customer, at, product, new BigDecimal(price), category);
  }

  private static SummarizeEvents features() {
    return SummarizeEvents.by("customer_id")
        .asOf(AS_OF)
        .withEventTime("sold_at")
        .with("purchases", Count.events())
        .with("spend", Sum.of("price"))
        .with("products", CountDistinct.of("product"))
        .with("recency_days", Recency.inDays())
        .with("favourite_category", MostFrequent.of("category"));
  }

  private static Row row(@Nullable Object... values) {
    return Row.withSchema(FEATURES).addValues(values).build();
  }

  @Test
  void summarizes_each_entity_as_of_the_time_and_ignores_what_came_after() {
    Instant day = AS_OF.minus(Duration.standardDays(2));
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.of(
                    purchase(1, day, 10, "1.50", "beer"),
                    purchase(1, day.minus(1), 11, "2.25", "milk"),
                    purchase(1, day, 10, "1.50", "beer"),
                    purchase(1, AS_OF.plus(1), 12, "100", "wine"), // one millisecond too late
                    purchase(2, AS_OF, 10, "9.99", "wine"), // just in time
                    purchase(3, AS_OF.plus(1), 10, "1", "wine"))) // not known yet
            .apply(features());
    assertThat(rows.getSchema()).isEqualTo(FEATURES).isEqualTo(features().schema(EVENTS));
    PAssert.that(rows)
        .containsInAnyOrder(
            row(1L, AS_OF, 3L, new BigDecimal("5.25"), 2L, 2L, "beer"),
            row(2L, AS_OF, 1L, new BigDecimal("9.99"), 1L, 0L, "wine"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_null_is_no_value_and_a_tie_goes_to_the_least() {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                        new Purchase(1L, AS_OF, null, null, null),
                        purchase(2, AS_OF, 5, "1", "wine"),
                        purchase(2, AS_OF, 6, "1", "beer"),
                        new Purchase(2L, AS_OF, null, null, null)))
                .apply(features()))
        .containsInAnyOrder(
            row(1L, AS_OF, 1L, null, 0L, 0L, null),
            row(2L, AS_OF, 3L, new BigDecimal("2"), 2L, 0L, "beer"));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void equals_a_naive_computation_on_many_events() {
    Random random = new Random(11);
    List<Purchase> events = new ArrayList<>();
    Map<Long, List<Purchase>> known = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      Purchase event =
          purchase(
              (long) (40 * Math.pow(random.nextDouble(), 3)),
              AS_OF.plus(Duration.standardHours(random.nextInt(2_400) - 2_000)),
              random.nextInt(30),
              random.nextInt(1_000) + "." + random.nextInt(10),
              "category " + random.nextInt(4));
      events.add(event);
      if (!AS_OF.isBefore(event.soldAt())) {
        known.computeIfAbsent(event.customerId(), id -> new ArrayList<>()).add(event);
      }
    }
    List<Row> expected = new ArrayList<>();
    known.forEach((customer, purchases) -> expected.add(naive(customer, purchases)));
    PAssert.that(pipeline.apply(Create.of(events)).apply(features())).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static Row naive(long customer, List<Purchase> purchases) {
    Map<String, Integer> categories = new TreeMap<>();
    Instant last = new Instant(0);
    BigDecimal spend = BigDecimal.ZERO;
    for (Purchase purchase : purchases) {
      categories.merge(purchase.category(), 1, Integer::sum);
      last = purchase.soldAt().isAfter(last) ? purchase.soldAt() : last;
      spend = spend.add(purchase.price());
    }
    String favourite = "";
    for (Map.Entry<String, Integer> category : categories.entrySet()) { // in natural order
      if (category.getValue() > categories.getOrDefault(favourite, 0)) {
        favourite = category.getKey();
      }
    }
    return row(
        customer,
        AS_OF,
        (long) purchases.size(),
        spend,
        purchases.stream().map(Purchase::product).distinct().count(),
        new Duration(last, AS_OF).getStandardDays(),
        favourite);
  }

  @Test
  void takes_rows_several_entity_fields_and_the_timestamps_of_elements() {
    Schema clicks =
        Schema.builder()
            .addStringField("tenant")
            .addInt32Field("user")
            .addDoubleField("seconds")
            .build();
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.timestamped(
                        click(clicks, "a", 1, 0.1, AS_OF),
                        click(clicks, "a", 1, 0.2, AS_OF.minus(5)),
                        click(clicks, "a", 1, 5.0, AS_OF.plus(1)),
                        click(clicks, "b", 1, 7.5, AS_OF))
                    .withCoder(RowCoder.of(clicks)))
            .apply(
                SummarizeEvents.by("tenant", "user")
                    .asOf(AS_OF)
                    .with("seconds", Sum.of("seconds"))
                    .with("last_ms", Recency.in(Duration.millis(1))));
    Schema expected =
        Schema.builder()
            .addStringField("tenant")
            .addInt32Field("user")
            .addDateTimeField("as_of")
            .addNullableField("seconds", FieldType.DOUBLE)
            .addNullableField("last_ms", FieldType.INT64)
            .build();
    PAssert.that(rows)
        .containsInAnyOrder(
            Row.withSchema(expected).addValues("a", 1, AS_OF, 0.30000000000000004, 0L).build(),
            Row.withSchema(expected).addValues("b", 1, AS_OF, 7.5, 0L).build());
    pipeline.run().waitUntilFinish();
  }

  private static TimestampedValue<Row> click(
      Schema clicks, String tenant, int user, double seconds, Instant at) {
    return TimestampedValue.of(Row.withSchema(clicks).addValues(tenant, user, seconds).build(), at);
  }

  @Test
  void summarizes_each_window_of_a_stream() {
    TestStream<Purchase> stream =
        TestStream.create(purchaseCoder())
            .addElements(
                TimestampedValue.of(purchase(1, AS_OF, 1, "1", "beer"), new Instant(0)),
                TimestampedValue.of(purchase(1, AS_OF, 2, "2", "beer"), new Instant(60_000)))
            .advanceWatermarkTo(new Instant(60_000))
            .addElements(
                TimestampedValue.of(purchase(1, AS_OF, 3, "3", "milk"), new Instant(61_000)))
            .advanceWatermarkToInfinity();
    PCollection<Row> rows =
        pipeline
            .apply(stream)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(features());
    PAssert.that(rows)
        .inWindow(new IntervalWindow(new Instant(0), new Instant(60_000)))
        .containsInAnyOrder(row(1L, AS_OF, 1L, new BigDecimal("1"), 1L, 0L, "beer"));
    PAssert.that(rows)
        .inWindow(new IntervalWindow(new Instant(60_000), new Instant(120_000)))
        .containsInAnyOrder(row(1L, AS_OF, 2L, new BigDecimal("5"), 2L, 0L, "beer"));
    pipeline.run().waitUntilFinish();
  }

  private Coder<Purchase> purchaseCoder() {
    try {
      return pipeline.getSchemaRegistry().getSchemaCoder(Purchase.class);
    } catch (NoSuchSchemaException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void no_events_have_no_features() {
    PAssert.that(pipeline.apply(Create.empty(TypeDescriptor.of(Purchase.class))).apply(features()))
        .empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void an_event_of_nobody_or_of_no_time_fails_the_job() {
    pipeline
        .apply(Create.of(new Purchase(null, AS_OF, 1, BigDecimal.ONE, "beer")))
        .apply(features());
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("the event has no customer_id");

    Pipeline timeless = Pipeline.create();
    timeless.apply(Create.of(new Purchase(1L, null, 1, BigDecimal.ONE, "beer"))).apply(features());
    assertThatThrownBy(() -> timeless.run().waitUntilFinish())
        .hasMessageContaining("the event has no sold_at");
  }

  @Test
  void a_handler_receives_what_belongs_nowhere_and_the_rest_is_summarized() {
    BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Descriptions());
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.of(
                    new Purchase(null, AS_OF, 1, new BigDecimal("1"), "beer"),
                    new Purchase(7L, null, 2, new BigDecimal("2"), "milk"),
                    purchase(1, AS_OF, 3, "3", "wine")))
            .apply(features().withErrorHandler(handler));
    handler.close();
    PAssert.that(rows).containsInAnyOrder(row(1L, AS_OF, 1L, new BigDecimal("3"), 1L, 0L, "wine"));
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "SummarizeEvents | KEY | the event has no customer_id of "
                + "{\"customer_id\":null,\"sold_at\":\"1998-07-01T00:00:00.000Z\",\"product\":1,"
                + "\"price\":1,\"category\":\"beer\"}",
            "SummarizeEvents | TIME | the event has no sold_at of "
                + "{\"customer_id\":7,\"sold_at\":null,\"product\":2,"
                + "\"price\":2,\"category\":\"milk\"}");
    pipeline.run().waitUntilFinish();
  }

  /** What a bad record says, and of which event. */
  private static final class Descriptions
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  record ->
                      record.getFailure().getDescription()
                          + " of "
                          + record.getRecord().getHumanReadableJsonRecord()));
    }
  }

  @Test
  void wrong_definitions_fail_before_anything_runs() {
    assertThatThrownBy(() -> features().with("spend", Count.events()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a column spend already");
    assertThatThrownBy(() -> features().with("customer_id", Count.events()))
        .hasMessage("there is a column customer_id already");
    assertThatThrownBy(() -> features().with("as_of", Count.events()))
        .hasMessage("there is a column as_of already");
    assertThatThrownBy(() -> features().with("x", Sum.of("cost")).schema(EVENTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "feature x: the events have no field cost, only "
                + "[customer_id, sold_at, product, price, category]");
    assertThatThrownBy(() -> features().with("x", Sum.of("category")).schema(EVENTS))
        .hasMessage("feature x: sum of category needs numbers, but the field is STRING");
    assertThatThrownBy(() -> features().withEventTime("category").schema(EVENTS))
        .hasMessage("event time: category must be a timestamp, but is STRING");
    assertThatThrownBy(() -> SummarizeEvents.by())
        .hasMessage("an entity needs 1 field or more, but has none");
    assertThatThrownBy(() -> SummarizeEvents.by("customer_id").asOf(AS_OF).schema(EVENTS))
        .hasMessage("there is no feature to compute: add one by with(...)");
    assertThatThrownBy(() -> pipeline.apply(Create.of("no schema")).apply(features()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the events need a schema");
  }
}
