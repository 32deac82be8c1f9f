package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Each event once, and time goes on behind. */
class DistinctEventsTest implements Serializable {
  private static final Instant T = Instant.parse("2026-03-14T09:00:00Z");
  private static final Duration HOUR = Duration.standardHours(1);

  private static final Table EVENTS =
      Table.named("ks", "events")
          .partitionKey("k", CqlType.TEXT)
          .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
          .clusteringKey("at", CqlType.TIMESTAMP)
          .column("n", CqlType.INT)
          .build();

  private static final Schema SCHEMA =
      Schema.builder()
          .addNullableField("k", FieldType.STRING)
          .addNullableField("at", FieldType.DATETIME)
          .addNullableField("n", FieldType.INT32)
          .build();

  private static TimestampedValue<Row> event(@Nullable String k, int minute, int n) {
    Instant at = T.plus(Duration.standardMinutes(minute));
    return TimestampedValue.of(Row.withSchema(SCHEMA).attachValues(Arrays.asList(k, at, n)), at);
  }

  @Test
  void the_first_of_each_key_stays_while_windows_behind_close() {
    PCollection<String> distinct =
        Pipeline.create()
            .apply(
                TestStream.create(RowCoder.of(SCHEMA))
                    .addElements(event("a", 1, 1), event("a", 1, 2), event("a", 2, 3))
                    .addElements(event("b", 1, 4))
                    .advanceWatermarkTo(T.plus(HOUR))
                    .addElements(event("b", 1, 5), event("b", 61, 6))
                    .advanceWatermarkToInfinity())
            .setRowSchema(SCHEMA)
            .apply(DistinctEvents.by(EVENTS).within(HOUR.multipliedBy(24 * 3650)))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getString("k") + row.getInt32("n")));
    PCollection<String> windowed =
        distinct
            .apply(Window.into(FixedWindows.of(HOUR)))
            .apply(Count.perElement())
            .apply(Keys.create());
    PAssert.that(windowed)
        .inOnTimePane(new IntervalWindow(T, HOUR))
        .containsInAnyOrder("a1", "a3", "b4");
    distinct.getPipeline().run().waitUntilFinish();
  }

  /** The first came before there was a watermark, as they do after each start. */
  @Test
  void what_came_first_is_remembered_as_long_as_told() {
    PCollection<String> distinct =
        Pipeline.create()
            .apply(
                TestStream.create(RowCoder.of(SCHEMA))
                    .addElements(event("a", 1, 1))
                    .advanceWatermarkTo(T.plus(HOUR.multipliedBy(2)))
                    .addElements(event("a", 1, 2), event("b", 1, 3))
                    .advanceWatermarkTo(T.plus(HOUR.multipliedBy(3)))
                    // Until four hours after its arrival: it came when it was two hours late.
                    .addElements(event("b", 1, 4))
                    .advanceWatermarkTo(T.plus(HOUR.multipliedBy(5)))
                    .addElements(event("a", 1, 5), event("b", 1, 6))
                    .advanceWatermarkTo(T.plus(HOUR.multipliedBy(7)))
                    .addElements(event("b", 1, 7))
                    .advanceWatermarkToInfinity())
            .setRowSchema(SCHEMA)
            .apply(DistinctEvents.by(EVENTS).within(HOUR.multipliedBy(4)))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(row -> row.getString("k") + row.getInt32("n")));
    PAssert.that(distinct).containsInAnyOrder("a1", "b3", "a5", "b7");
    distinct.getPipeline().run().waitUntilFinish();
  }

  @Test
  void an_event_without_the_whole_key_fails_the_job_where_nobody_takes_it() {
    Pipeline pipeline = Pipeline.create();
    var ignored =
        pipeline
            .apply(Create.of(event(null, 1, 1).getValue()).withRowSchema(SCHEMA))
            .apply(DistinctEvents.by(EVENTS).within(HOUR));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("the event has no k");
  }
}
