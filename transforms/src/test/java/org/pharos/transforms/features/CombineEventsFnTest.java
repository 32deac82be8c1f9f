package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.Receivers;

/** A bundle of more keys than are held, in several windows at once. */
class CombineEventsFnTest {
  private static final Schema EVENTS =
      Schema.builder().addInt64Field("customer").addInt64Field("units").build();
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(EVENTS, List.of("customer"), null, Feature.of("units", Sum.of("units")));
  private static final FixedWindows DAYS = FixedWindows.of(Duration.standardDays(1));
  private static final Instant END = BoundedWindow.TIMESTAMP_MAX_VALUE;

  private record Place(BoundedWindow window, Row key) {}

  private final FinishStates finish = new FinishStates(LAYOUT, END);
  private final Map<Place, Object[]> found = new HashMap<>();
  private int outputs;

  private void take(BoundedWindow window, Instant timestamp, Object output) {
    assertThat(DAYS.assignWindow(timestamp)).isEqualTo(window);
    KV<?, ?> states = (KV<?, ?>) output;
    Place place = new Place(window, (Row) Objects.requireNonNull(states.getKey()));
    Object[] before = found.getOrDefault(place, finish.createAccumulator());
    found.put(place, finish.addInput(before, (Row) Objects.requireNonNull(states.getValue())));
    outputs++;
  }

  @Test
  void what_leaves_a_full_bundle_early_is_neither_lost_nor_taken_for_another_window() {
    CombineEventsFn<Row> fn =
        new CombineEventsFn<>(
            SummarizeWindows.class, LAYOUT, new EventKey.OfEntity(LAYOUT), END, 5_000, false);
    Map<Place, Long> expected = new HashMap<>();
    Random random = new Random(4);
    fn.start();
    for (int i = 0; i < 60_000; i++) {
      Instant at = Instant.ofEpochMilli(random.nextLong(Duration.standardDays(3).getMillis()));
      Row event =
          Row.withSchema(EVENTS)
              .addValues((long) random.nextInt(12_000), (long) random.nextInt(100))
              .build();
      BoundedWindow window = DAYS.assignWindow(at);
      expected.merge(new Place(window, LAYOUT.entity(event)), event.getInt64("units"), Long::sum);
      fn.process(event, at, window, receiver(window, at));
    }
    int early = outputs;
    fn.finish(
        fn.new FinishBundleContext() {
          @Override
          public PipelineOptions getPipelineOptions() {
            return PipelineOptionsFactory.create();
          }

          @Override
          public void output(KV<Row, Row> output, Instant timestamp, BoundedWindow window) {
            throw new AssertionError("no main output");
          }

          @Override
          public <T> void output(
              TupleTag<T> tag, T output, Instant timestamp, BoundedWindow window) {
            assertThat(tag).isEqualTo(CombineEventsFn.STATES);
            take(window, timestamp, output);
          }
        });
    assertThat(early).isGreaterThan(10_000);
    assertThat(outputs - early).isEqualTo(5_000);
    Map<Place, Long> sums = new HashMap<>();
    found.forEach((place, states) -> sums.put(place, finish.extractOutput(states).getInt64(0)));
    assertThat(sums).isEqualTo(expected);
  }

  private MultiOutputReceiver receiver(BoundedWindow window, Instant at) {
    return new MultiOutputReceiver() {
      @Override
      public <T> OutputReceiver<T> get(TupleTag<T> tag) {
        return Receivers.to(output -> take(window, at, output));
      }

      @Override
      public <T> OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
