package org.pharos.transforms.features;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.BadRecords;

/**
 * Events in, a key and what its events are combined to out: in the bundle before the shuffle, which
 * spares it most of them, and after it the rest. Where a trigger is set, after it alone.
 *
 * @param <T> of the events, which have a schema
 */
final class CombineEvents<T> extends PTransform<PCollection<T>, PCollection<KV<Row, Row>>> {
  private static final long serialVersionUID = 1L;

  private static final int MOST_KEYS = 5_000;

  private final EventKey key;
  private final Summary<Row> summary;
  private final Class<?> transform;
  private final Instant until;
  // Needed while the graph is built; a handler does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  /**
   * @param summary of the states of a key
   * @param transform whose step this is
   * @param until events that are later are not looked at; where the windows of the features end
   * @param handler of events that belong nowhere; null to fail
   */
  CombineEvents(
      EventKey key,
      Summary<Row> summary,
      Class<?> transform,
      Instant until,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.key = key;
    this.summary = summary;
    this.transform = transform;
    this.until = until;
    this.handler = handler;
  }

  @Override
  public PCollection<KV<Row, Row>> expand(PCollection<T> events) {
    FeatureLayout layout = summary.layout();
    RowCoder keys = RowCoder.of(key.schema());
    // A trigger may count events, which what is combined would hide from it.
    boolean mayCount = !(events.getWindowingStrategy().getTrigger() instanceof DefaultTrigger);
    CombineEventsFn<T> inBundles =
        new CombineEventsFn<>(
            transform, layout, key, until, mayCount ? 0 : MOST_KEYS, handler != null);
    PCollectionTuple combined =
        events.apply(
            "In bundles",
            ParDo.of(inBundles)
                .withOutputTags(CombineEventsFn.STATES, TupleTagList.of(CombineEventsFn.BAD)));
    PCollection<BadRecord> bad =
        combined.get(CombineEventsFn.BAD).setCoder(BadRecord.getCoder(events.getPipeline()));
    if (handler != null) {
      BadRecords.send(bad, handler);
    }
    return combined
        .get(CombineEventsFn.STATES)
        .setCoder(KvCoder.of(keys, RowCoder.of(layout.states())))
        .apply("By key", Combine.perKey(summary))
        .setCoder(KvCoder.of(keys, RowCoder.of(summary.output())));
  }
}
