package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
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

/** Long runs and short ones, in several windows at once. */
class HistoryRunsFnTest {
  private static final FixedWindows DAYS = FixedWindows.of(Duration.standardDays(1));
  private static final Schema ENTITY = JoinedRows.entitySchema(Statements.view());

  private final HistoryRunsFn fn =
      new HistoryRunsFn(new HistoryRows(Statements.view(), Statements.ROWS, false), ENTITY);
  private final Map<BoundedWindow, List<Row>> found = new HashMap<>();
  private int elements;

  private void take(KV<Row, List<Row>> run, Instant at, BoundedWindow window) {
    assertThat(DAYS.assignWindow(at)).isEqualTo(window);
    assertThat(run.getValue())
        .allMatch(row -> row.getValue("customer").equals(run.getKey().getValue("customer")))
        .hasSizeBetween(1, 1_000);
    found.computeIfAbsent(window, key -> new ArrayList<>()).addAll(run.getValue());
    elements++;
  }

  @Test
  void no_row_is_lost_or_taken_for_another_entity_s_or_window_s() {
    Random random = new Random(5);
    Map<BoundedWindow, List<Row>> expected = new HashMap<>();
    fn.start();
    long customer = 0;
    for (int i = 0; i < 20_000; i++) {
      // The first has a long history, the others come by turns.
      customer = i < 5_000 || random.nextInt(4) > 0 ? customer : customer + 1;
      Instant at = Instant.ofEpochMilli(random.nextLong(Duration.standardDays(3).getMillis()));
      Row row =
          Row.withSchema(Statements.ROWS)
              .addValues("s", customer % 100, at, (long) i, null)
              .build();
      BoundedWindow window = DAYS.assignWindow(at);
      expected.computeIfAbsent(window, key -> new ArrayList<>()).add(row);
      fn.process(row, at, window, receiver(at, window));
    }
    fn.finish(
        fn.new FinishBundleContext() {
          @Override
          public PipelineOptions getPipelineOptions() {
            return PipelineOptionsFactory.create();
          }

          @Override
          public void output(KV<Row, List<Row>> run, Instant timestamp, BoundedWindow window) {
            take(run, timestamp, window);
          }

          @Override
          public <T> void output(
              TupleTag<T> tag, T output, Instant timestamp, BoundedWindow window) {
            throw new AssertionError("no other output");
          }
        });
    assertThat(found).isEqualTo(expected);
    assertThat(elements).isLessThan(20_000 / 2);
  }

  private OutputReceiver<KV<Row, List<Row>>> receiver(Instant at, BoundedWindow window) {
    return Receivers.to(run -> take(run, at, window));
  }
}
