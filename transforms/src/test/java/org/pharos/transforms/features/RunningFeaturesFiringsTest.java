package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.features.RunningFeaturesTest.EVENTS;
import static org.pharos.transforms.features.RunningFeaturesTest.event;
import static org.pharos.transforms.features.RunningFeaturesTest.hour;
import static org.pharos.transforms.features.RunningFeaturesTest.last;
import static org.pharos.transforms.features.RunningFeaturesTest.tiled;
import static org.pharos.transforms.features.RunningFeaturesTest.timed;

import java.io.Serializable;
import java.util.NavigableMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.errors.Rejection;

/**
 * When features are stated, and which events are too late: to the firing, on a runner whose
 * watermark stands where a test puts it.
 */
class RunningFeaturesFiringsTest implements Serializable {
  private final transient Pipeline pipeline = Pipeline.create();

  @Test
  void states_when_a_tile_ends_and_when_it_leaves_a_window_and_never_else() {
    PCollection<String> stated =
        pipeline
            .apply(
                TestStream.create(RowCoder.of(EVENTS))
                    .addElements(timed(event(1L, hour(0.2), 5.0)), timed(event(1L, hour(0.7), 3.0)))
                    .advanceWatermarkTo(hour(2.5))
                    // Lowers and adds to what was stated as of hours 1 and 2; 3 is to come.
                    .addElements(timed(event(1L, hour(0.9), 1.0)))
                    .advanceWatermarkToInfinity())
            .setRowSchema(EVENTS)
            .apply(tiled().running())
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        row ->
                            new Duration(hour(0), row.getDateTime("as_of")).getStandardHours()
                                + " "
                                + row.getValues().subList(2, 7)));
    PAssert.that(stated)
        .containsInAnyOrder(
            "1 [2, 2, 2, 8.0, 3.0]",
            "2 [0, 2, 2, 8.0, 3.0]",
            "1 [3, 3, 3, 9.0, 1.0]",
            "2 [0, 3, 3, 9.0, 1.0]",
            "3 [0, 3, 3, null, 1.0]",
            "6 [0, 0, 3, null, null]");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void what_belongs_nowhere_or_comes_too_late_is_set_aside() {
    BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Descriptions());
    PCollection<Row> stated =
        pipeline
            .apply(
                TestStream.create(RowCoder.of(EVENTS))
                    .addElements(timed(event(1L, hour(9.5), 5.0)))
                    .addElements(event(null, hour(1), 1.0), event(1L, null, 1.0))
                    .advanceWatermarkTo(hour(10.5))
                    .addElements(timed(event(1L, hour(8), 1.0)), timed(event(1L, hour(8.1), 2.0)))
                    .advanceWatermarkToInfinity())
            .setRowSchema(EVENTS)
            .apply(
                tiled()
                    .running()
                    .withAllowedLateness(Duration.standardHours(2))
                    .withErrorHandler(handler));
    handler.close();
    PAssert.that(stated)
        .satisfies(
            rows -> {
              NavigableMap<Long, Row> of = last(rows).get(1L);
              assertThat(of.lastEntry().getValue().getInt64("events_all")).isEqualTo(2);
              return null;
            });
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "the event has no customer",
            "the event has no at",
            "the event is of 2026-03-14T08:00:00.000Z, but what was before"
                + " 2026-03-14T08:00:00.000Z is no longer corrected");
    pipeline.run().waitUntilFinish();
  }

  /** What is wrong with bad records. */
  private static final class Descriptions
      extends org.apache.beam.sdk.transforms.PTransform<
          PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
          MapElements.into(TypeDescriptors.strings()).via(record -> Rejection.of(record).detail()));
    }
  }
}
