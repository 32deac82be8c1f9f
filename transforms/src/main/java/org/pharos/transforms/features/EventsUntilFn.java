package org.pharos.transforms.features;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.pharos.transforms.errors.Rejection;

/** Events that were known at a time, as the key of their entity and the values to aggregate. */
final class EventsUntilFn extends DoFn<Row, KV<Row, Row>> {

  static final TupleTag<KV<Row, Row>> EVENTS = new TupleTag<>() {};
  static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

  private static final long serialVersionUID = 1L;

  private final String transform;
  private final FeatureLayout layout;
  private final Instant until;
  private final boolean setsAside;
  private final Counter later;

  /**
   * @param transform whose step this is
   * @param setsAside whether an event that belongs nowhere goes to {@link #BAD}, or fails the job
   */
  EventsUntilFn(Class<?> transform, FeatureLayout layout, Instant until, boolean setsAside) {
    this.transform = transform.getSimpleName();
    this.later = Metrics.counter(transform, "events_after_as_of");
    this.layout = layout;
    this.until = until;
    this.setsAside = setsAside;
  }

  @ProcessElement
  public void process(
      @Element Row event, @Timestamp Instant timestamp, MultiOutputReceiver outputs) {
    Rejection misplaced = layout.misplaced(event, transform);
    if (misplaced != null) {
      reject(event, misplaced, outputs);
      return;
    }
    Instant at = layout.time(event, timestamp);
    if (at.isAfter(until)) {
      later.inc();
    } else {
      outputs.get(EVENTS).output(KV.of(layout.entity(event), layout.values(event, at)));
    }
  }

  private void reject(Row event, Rejection misplaced, MultiOutputReceiver outputs) {
    IllegalArgumentException cause = new IllegalArgumentException(misplaced.detail());
    if (!setsAside) {
      throw cause;
    }
    outputs.get(BAD).output(misplaced.badRecord(event, cause));
  }
}
