package org.pharos.transforms.features;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.BadRecords;
import org.pharos.transforms.errors.Rejection;

/** Events that were known at a time, as the key of their entity and the values to aggregate. */
final class EventsUntilFn extends DoFn<Row, KV<Row, Row>> {

  private static final TupleTag<KV<Row, Row>> EVENTS = new TupleTag<>() {};
  private static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

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
  private EventsUntilFn(
      Class<?> transform, FeatureLayout layout, Instant until, boolean setsAside) {
    this.transform = transform.getSimpleName();
    this.later = Metrics.counter(transform, "events_after_as_of");
    this.layout = layout;
    this.until = until;
    this.setsAside = setsAside;
  }

  /**
   * The events that were known at a time, by the key of their entity.
   *
   * @param step the name of the step
   * @param handler of events that belong nowhere; null to fail
   */
  static PCollection<KV<Row, Row>> place(
      String step,
      PCollection<Row> events,
      Class<?> transform,
      FeatureLayout layout,
      Instant until,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    PCollectionTuple placed =
        events.apply(
            step,
            ParDo.of(new EventsUntilFn(transform, layout, until, handler != null))
                .withOutputTags(EVENTS, TupleTagList.of(BAD)));
    PCollection<BadRecord> bad = placed.get(BAD).setCoder(BadRecord.getCoder(events.getPipeline()));
    if (handler != null) {
      BadRecords.send(bad, handler);
    }
    return placed
        .get(EVENTS)
        .setCoder(KvCoder.of(RowCoder.of(layout.entity()), RowCoder.of(layout.values())));
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
