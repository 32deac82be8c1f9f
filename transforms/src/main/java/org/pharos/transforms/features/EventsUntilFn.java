package org.pharos.transforms.features;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** Events that were known at a time, as the key of their entity and the values to aggregate. */
final class EventsUntilFn extends DoFn<Row, KV<Row, Row>> {

  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final Instant until;
  private final Counter later = Metrics.counter(SummarizeEvents.class, "events_after_as_of");

  EventsUntilFn(FeatureLayout layout, Instant until) {
    this.layout = layout;
    this.until = until;
  }

  @ProcessElement
  public void process(
      @Element Row event, @Timestamp Instant timestamp, OutputReceiver<KV<Row, Row>> out) {
    Instant at = layout.time(event, timestamp);
    Row entity = layout.entity(event);
    if (at.isAfter(until)) {
      later.inc();
    } else {
      out.output(KV.of(entity, layout.values(event, at)));
    }
  }
}
