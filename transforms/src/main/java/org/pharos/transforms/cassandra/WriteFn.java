package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes each element's row, and gives out what became of it with the element's own timestamp and
 * window; its pane travels beside the value, since the end of a bundle cannot set it.
 */
final class WriteFn<T> extends DoFn<T, WriteCounts> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<WriteCounts> COUNTS = new TupleTag<>("counts");
  static final TupleTag<KV<PaneInfo, LwtOutcome>> OUTCOMES = new TupleTag<>("outcomes");
  static final TupleTag<KV<PaneInfo, Row>> UNKNOWN = new TupleTag<>("unknown");
  static final TupleTag<KV<PaneInfo, BadRecord>> BAD = new TupleTag<>("bad");

  private final WriteSpec<T> spec;

  private transient @Nullable WriteWorker<T> worker;

  WriteFn(WriteSpec<T> spec) {
    this.spec = spec;
  }

  @Setup
  public void setup() {
    worker = new WriteWorker<>(spec);
  }

  @StartBundle
  public void startBundle() {
    worker().start();
  }

  @ProcessElement
  public void process(
      @Element T element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      PaneInfo pane,
      MultiOutputReceiver out) {
    WriteWorker<T> at = worker();
    at.giveTo(Outlet.of(out));
    at.write(element, timestamp, window, pane);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    WriteWorker<T> at = worker();
    at.giveTo(context::output);
    at.finish();
  }

  @Teardown
  public void teardown() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  /** Results of earlier elements leave while a later one is processed. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private WriteWorker<T> worker() {
    if (worker == null) {
      throw new IllegalStateException("not set up");
    }
    return worker;
  }
}
