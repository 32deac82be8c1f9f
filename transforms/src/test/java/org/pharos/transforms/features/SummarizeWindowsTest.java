package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class SummarizeWindowsTest {
  private static final Instant T = Instant.parse("2026-03-14T09:00:00Z");
  private static final Schema EVENT =
      Schema.builder()
          .addNullableField("who", FieldType.STRING)
          .addNullableField("n", FieldType.INT32)
          .build();

  private static SummarizeWindows summary() {
    return SummarizeWindows.by("who")
        .with("events", Count.events())
        .with("sum", Sum.of("n"))
        .with("least", Min.of("n"))
        .with("most", Max.of("n"))
        .with("mean", Mean.of("n"));
  }

  private static Row event(String who, Integer n) {
    return Row.withSchema(EVENT).addValues(who, n).build();
  }

  private static TimestampedValue<Row> at(int minute, String who, Integer n) {
    return TimestampedValue.of(event(who, n), T.plus(Duration.standardMinutes(minute)));
  }

  private static Window<Row> firing(WindowFn<Object, IntervalWindow> windows) {
    return Window.<Row>into(windows)
        .triggering(
            AfterWatermark.pastEndOfWindow()
                .withEarlyFirings(AfterPane.elementCountAtLeast(1))
                .withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(Duration.standardDays(1))
        .accumulatingFiredPanes();
  }

  /** A row as minutes behind T and values: who start-end revision last | features. */
  private static String text(Row row) {
    List<Object> values = new ArrayList<>(row.getValues());
    return values.get(0)
        + " "
        + minute(row, SummarizeWindows.WINDOW_START)
        + "-"
        + minute(row, SummarizeWindows.WINDOW_END)
        + " r"
        + row.getInt64(SummarizeWindows.REVISION)
        + " last "
        + minute(row, SummarizeWindows.LAST_EVENT)
        + " | "
        + values.subList(5, values.size());
  }

  private static long minute(Row row, String field) {
    return new Duration(T, row.getDateTime(field)).getStandardMinutes();
  }

  private static PCollection<String> texts(PCollection<Row> rows) {
    return rows.apply(MapElements.into(TypeDescriptors.strings()).via(SummarizeWindowsTest::text));
  }

  @Test
  void each_firing_has_all_events_of_its_window_so_far() {
    TestStream<Row> events =
        TestStream.create(RowCoder.of(EVENT))
            .addElements(at(1, "ada", 5))
            .addElements(at(3, "ada", 7))
            .advanceWatermarkTo(T.plus(Duration.standardMinutes(10)))
            .addElements(at(2, "ada", -20))
            .addElements(at(11, "ada", 1))
            .advanceWatermarkToInfinity();
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(events)
            .setRowSchema(EVENT)
            .apply(firing(FixedWindows.of(Duration.standardMinutes(10))))
            .apply(summary());
    PAssert.that(texts(rows))
        .satisfies(
            found -> {
              // On time panes may repeat a row: the same revision with the same content.
              assertThat(found)
                  .containsOnly(
                      "ada 0-10 r1 last 1 | [1, 5, 5, 5, 5.0]",
                      "ada 0-10 r2 last 3 | [2, 12, 5, 7, 6.0]",
                      "ada 0-10 r3 last 3 | [3, -8, -20, 7, " + -8.0 / 3 + "]",
                      "ada 10-20 r1 last 11 | [1, 1, 1, 1, 1.0]")
                  .contains("ada 0-10 r3 last 3 | [3, -8, -20, 7, " + -8.0 / 3 + "]");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_trigger_that_counts_counts_events_not_bundles() {
    TestStream<Row> events =
        TestStream.create(RowCoder.of(EVENT))
            .addElements(at(1, "ada", 5), at(3, "ada", 7))
            .advanceWatermarkTo(T.plus(Duration.standardMinutes(5)))
            .addElements(at(6, "ada", 1))
            .advanceWatermarkToInfinity();
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(events)
            .setRowSchema(EVENT)
            .apply(
                Window.<Row>into(FixedWindows.of(Duration.standardMinutes(10)))
                    .triggering(
                        AfterWatermark.pastEndOfWindow()
                            .withEarlyFirings(AfterPane.elementCountAtLeast(2)))
                    .withAllowedLateness(Duration.ZERO)
                    .accumulatingFiredPanes())
            .apply(summary());
    PAssert.that(texts(rows))
        .containsInAnyOrder(
            "ada 0-10 r2 last 3 | [2, 12, 5, 7, 6.0]",
            "ada 0-10 r3 last 6 | [3, 13, 1, 7, " + 13.0 / 3 + "]");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void sessions_that_merge_have_the_events_of_both_and_a_greater_revision() {
    TestStream<Row> events =
        TestStream.create(RowCoder.of(EVENT))
            .addElements(at(0, "ada", 1))
            .addElements(at(20, "ada", 2))
            .addElements(at(10, "ada", 4))
            .advanceWatermarkToInfinity();
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(events)
            .setRowSchema(EVENT)
            .apply(firing(Sessions.withGapDuration(Duration.standardMinutes(15))))
            .apply(summary());
    PAssert.that(texts(rows))
        .satisfies(
            found -> {
              assertThat(found)
                  .containsOnly(
                      "ada 0-15 r1 last 0 | [1, 1, 1, 1, 1.0]",
                      "ada 20-35 r1 last 20 | [1, 2, 2, 2, 2.0]",
                      "ada 0-35 r3 last 20 | [3, 7, 1, 4, " + 7.0 / 3 + "]")
                  .contains("ada 0-35 r3 last 20 | [3, 7, 1, 4, " + 7.0 / 3 + "]");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void an_event_counts_in_each_of_its_sliding_windows() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows =
        pipeline
            .apply(
                Create.timestamped(at(12, "ada", 5), at(12, "bob", null))
                    .withCoder(RowCoder.of(EVENT)))
            .setRowSchema(EVENT)
            .apply(
                Window.into(
                    SlidingWindows.of(Duration.standardMinutes(10))
                        .every(Duration.standardMinutes(5))))
            .apply(summary());
    PAssert.that(texts(rows))
        .containsInAnyOrder(
            "ada 5-15 r1 last 12 | [1, 5, 5, 5, 5.0]",
            "ada 10-20 r1 last 12 | [1, 5, 5, 5, 5.0]",
            "bob 5-15 r1 last 12 | [1, null, null, null, null]",
            "bob 10-20 r1 last 12 | [1, null, null, null, null]");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void an_event_without_an_entity_is_set_aside() {
    Pipeline pipeline = Pipeline.create();
    BadRecordErrorHandler<PCollection<Long>> handler =
        pipeline.registerBadRecordErrorHandler(
            org.apache.beam.sdk.transforms.Count.<BadRecord>globally());
    PCollection<Row> rows =
        pipeline
            .apply(Create.timestamped(at(1, null, 5)).withCoder(RowCoder.of(EVENT)))
            .setRowSchema(EVENT)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(10))))
            .apply(summary().withErrorHandler(handler));
    handler.close();
    PAssert.that(rows).empty();
    PAssert.thatSingleton(handler.getOutput()).isEqualTo(1L);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void windows_without_an_end_and_panes_that_forget_are_refused() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> events = pipeline.apply(Create.of(event("ada", 1)).withRowSchema(EVENT));
    assertThatThrownBy(() -> events.apply("global", summary()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("windows with a begin and an end are needed")
        .hasMessageContaining(GlobalWindows.class.getSimpleName());
    assertThatThrownBy(
            () ->
                events
                    .apply(
                        Window.<Row>into(FixedWindows.of(Duration.standardMinutes(1)))
                            .triggering(
                                AfterWatermark.pastEndOfWindow()
                                    .withLateFirings(AfterPane.elementCountAtLeast(1)))
                            .withAllowedLateness(Duration.standardDays(1))
                            .discardingFiredPanes())
                    .apply("discarding", summary()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("say accumulatingFiredPanes()");
    assertThatThrownBy(() -> summary().with("days", Recency.inDays()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is stated as of a time, not of a window");
    assertThatThrownBy(() -> summary().with(SummarizeWindows.REVISION, Count.events()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is a column revision already");
    assertThatThrownBy(() -> summary().schema(Schema.builder().addStringField("n").build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("entity: the events have no field who");
  }
}
