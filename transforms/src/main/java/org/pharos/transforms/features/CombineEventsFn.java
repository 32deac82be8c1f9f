package org.pharos.transforms.features;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Rejection;

/**
 * Events that were known at a time as states by key, combined as far as a bundle goes: events of a
 * table come a partition after the other, and so an entity's at once.
 *
 * @param <T> of the events
 */
final class CombineEventsFn<T> extends DoFn<T, KV<Row, Row>> {

  static final TupleTag<KV<Row, Row>> STATES = new TupleTag<>() {};
  static final TupleTag<BadRecord> BAD = new TupleTag<>() {};

  private static final long serialVersionUID = 1L;

  private final String transform;
  private final FeatureLayout layout;
  private final EventKey key;
  private final Instant until;
  private final EventStates states;
  private final int mostKeys;
  private final boolean setsAside;
  private final Counter later;
  private transient Map<BoundedWindow, Map<List<@Nullable Object>, Combined>> windows =
      new HashMap<>();
  private transient int keys;

  /** The states of a key's events, and when the first of them was. */
  private static final class Combined {
    private final Object[] states;
    private Instant earliest = BoundedWindow.TIMESTAMP_MAX_VALUE;

    Combined(Object[] states) {
      this.states = states;
    }
  }

  /**
   * @param transform whose step this is
   * @param until events that are later are not looked at
   * @param mostKeys that a bundle holds, since those of Flink in batch have no end; 0 to combine
   *     nothing
   * @param setsAside whether an event that belongs nowhere goes to {@link #BAD}, or fails the job
   */
  CombineEventsFn(
      Class<?> transform,
      FeatureLayout layout,
      EventKey key,
      Instant until,
      int mostKeys,
      boolean setsAside) {
    this.transform = transform.getSimpleName();
    this.later = Metrics.counter(transform, "events_after_as_of");
    this.layout = layout;
    this.key = key;
    this.until = until;
    this.states = new EventStates(layout, until);
    this.mostKeys = mostKeys;
    this.setsAside = setsAside;
  }

  @StartBundle
  public void start() {
    windows = new HashMap<>();
    keys = 0;
  }

  @ProcessElement
  public void process(
      @Element Row event,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver outputs) {
    Rejection misplaced = layout.misplaced(event, transform);
    if (misplaced != null) {
      reject(event, misplaced, outputs);
      return;
    }
    Instant at = layout.time(event, timestamp);
    if (at.isAfter(until)) {
      later.inc();
      return;
    }
    Map<List<@Nullable Object>, Combined> byKey =
        windows.computeIfAbsent(window, w -> new LinkedHashMap<>());
    Combined combined =
        byKey.computeIfAbsent(
            key.of(event, at),
            k -> {
              keys++;
              return new Combined(states.createAccumulator());
            });
    states.update(combined.states, layout.values(event, at));
    if (timestamp.isBefore(combined.earliest)) {
      combined.earliest = timestamp;
    }
    if (keys > mostKeys) {
      keys--;
      Iterator<Map.Entry<List<@Nullable Object>, Combined>> eldest = byKey.entrySet().iterator();
      outputs.get(STATES).output(output(eldest.next()));
      eldest.remove();
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) {
    windows.forEach(
        (window, byKey) ->
            byKey
                .entrySet()
                .forEach(
                    each ->
                        context.output(STATES, output(each), each.getValue().earliest, window)));
    windows.clear();
  }

  private KV<Row, Row> output(Map.Entry<List<@Nullable Object>, Combined> each) {
    return KV.of(
        Row.withSchema(key.schema()).attachValues(each.getKey()),
        states.store(each.getValue().states));
  }

  private void reject(Row event, Rejection misplaced, MultiOutputReceiver outputs) {
    IllegalArgumentException cause = new IllegalArgumentException(misplaced.detail());
    if (!setsAside) {
      throw cause;
    }
    outputs.get(BAD).output(misplaced.badRecord(event, cause));
  }
}
