package org.pharos.transforms.features;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Keeps the tiles of an entity, and states its features at each time at which they change: a tile's
 * end, and where a tile leaves a window. Times are milliseconds since 1970.
 */
final class RunningFn extends DoFn<KV<Row, Row>, Row> {

  static final TupleTag<Row> STATED = new TupleTag<>() {};
  static final TupleTag<BadRecord> LATE = new TupleTag<>() {};

  /** The end of the one tile of all events that no bounded window will cover again. */
  private static final long BEFORE = Long.MIN_VALUE;

  /** How far the clock of an event may be ahead; the writer of features allows a minute. */
  private static final long AHEAD = 30_000;

  private static final long serialVersionUID = 1L;

  private final TiledFeatures definition;
  private final FeatureLayout layout;
  private final FeatureLayout features;
  private final EventStates states;
  private final int[] stateOf;
  private final long lateness;
  private final long start;
  private final boolean setsAside;
  private final List<Long> widths;
  private final long longest;
  private final boolean unbounded;
  private final Counter late = Metrics.counter(RunningFeatures.class, "events_too_late");
  private final Counter early = Metrics.counter(RunningFeatures.class, "events_before_start");
  private final Counter corrections = Metrics.counter(RunningFeatures.class, "rows_corrected");

  @StateId("tiles")
  private final StateSpec<MapState<Long, Row>> tilesSpec;

  /** Until when all that had to be stated was. */
  @StateId("stated")
  private final StateSpec<ValueState<Long>> statedSpec = StateSpecs.value(BigEndianLongCoder.of());

  /** Since when it is to be stated again, because of late events. */
  @StateId("correct")
  private final StateSpec<ValueState<Long>> correctSpec = StateSpecs.value(BigEndianLongCoder.of());

  /** The time that the timer is set for, or earlier. */
  @StateId("due")
  private final StateSpec<ValueState<Long>> dueSpec = StateSpecs.value(BigEndianLongCoder.of());

  @TimerId("timer")
  private final TimerSpec timerSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  /**
   * @param start until when events are in tiles that come in; null if none do
   */
  RunningFn(
      TiledFeatures definition, Duration lateness, @Nullable Instant start, boolean setsAside) {
    this.definition = definition;
    this.layout = definition.stateLayout();
    this.features = definition.featureLayout();
    this.states = new EventStates(layout, BoundedWindow.TIMESTAMP_MAX_VALUE);
    this.stateOf = definition.stateOf();
    this.lateness = lateness.getMillis();
    this.start = start == null ? BEFORE : start.getMillis();
    this.setsAside = setsAside;
    this.widths =
        features.windows().stream()
            .filter(Trailing::isBounded)
            .map(Trailing::millis)
            .distinct()
            .sorted()
            .toList();
    this.longest = widths.isEmpty() ? 0 : widths.get(widths.size() - 1);
    this.unbounded = features.windows().stream().anyMatch(window -> !window.isBounded());
    this.tilesSpec = StateSpecs.map(BigEndianLongCoder.of(), RowCoder.of(layout.states()));
  }

  @ProcessElement
  public void process(
      @Element KV<Row, Row> eventOrTile,
      @Timestamp Instant timestamp,
      @StateId("tiles") MapState<Long, Row> tiles,
      @StateId("stated") ValueState<Long> stated,
      @StateId("correct") ValueState<Long> correct,
      @StateId("due") ValueState<Long> due,
      @TimerId("timer") Timer timer,
      MultiOutputReceiver out) {
    Row event = EventOrTile.event(eventOrTile.getValue());
    if (event == null) {
      take(eventOrTile.getValue(), timestamp, tiles, stated, due, timer);
      return;
    }
    Instant at = layout.time(event, timestamp);
    long end = definition.end(at).getMillis();
    if (end <= start) {
      early.inc();
      return;
    }
    Long until = stated.read();
    if (until != null && end <= until - lateness) {
      setAside(event, at, until, out);
      return;
    }
    tiles.put(end, states.add(tiles.get(end).read(), layout.values(event, at)));
    Long since = correct.read();
    if (until != null && end <= until && (since == null || end < since)) {
      correct.write(end);
    }
    wake(end, timestamp, due, timer);
  }

  /** Keeps a tile of before the start: of it only what it changes later is stated. */
  private void take(
      Row tile,
      Instant timestamp,
      MapState<Long, Row> tiles,
      ValueState<Long> stated,
      ValueState<Long> due,
      Timer timer) {
    if (timestamp.getMillis() > start) {
      throw new IllegalArgumentException(
          "a tile to start with has the timestamp "
              + timestamp
              + ", later than the start: what is stated would not wait for it. Put what it is"
              + " grouped from through"
              + " Window.configure().withTimestampCombiner(TimestampCombiner.EARLIEST)");
    }
    long end = EventOrTile.tileEnd(tile);
    // Nothing else ends then, so a tile that is replayed before the start passes changes nothing.
    tiles.put(end, EventOrTile.states(tile));
    Long until = stated.read();
    if (until == null) {
      stated.write(start);
    }
    wake(start, timestamp, due, timer);
  }

  private static void wake(long time, Instant timestamp, ValueState<Long> due, Timer timer) {
    Long next = due.read();
    if (next == null || time < next) {
      due.write(time);
      // What comes out may not be earlier than the element that it comes out for.
      timer.set(Instant.ofEpochMilli(Math.max(time, timestamp.getMillis())));
    }
  }

  private void setAside(Row event, Instant at, long until, MultiOutputReceiver out) {
    late.inc();
    if (setsAside) {
      Rejection rejection =
          new Rejection(
              RunningFeatures.class.getSimpleName(),
              Reason.TIME,
              "the event is of "
                  + at
                  + ", but what was before "
                  + Instant.ofEpochMilli(until - lateness)
                  + " is no longer corrected");
      out.get(LATE)
          .output(rejection.badRecord(event, new IllegalArgumentException(rejection.detail())));
    }
  }

  @OnTimer("timer")
  public void state(
      OnTimerContext context,
      @Key Row entity,
      @StateId("tiles") MapState<Long, Row> tiles,
      @StateId("stated") ValueState<Long> stated,
      @StateId("correct") ValueState<Long> correct,
      @StateId("due") ValueState<Long> due,
      @TimerId("timer") Timer timer) {
    NavigableMap<Long, Row> held = new TreeMap<>();
    for (Map.Entry<Long, Row> tile : tiles.entries().read()) {
      held.put(tile.getKey(), tile.getValue());
    }
    NavigableSet<Long> changes = changes(held);
    long fired = context.fireTimestamp().getMillis();
    long clock = Instant.now().getMillis() + AHEAD;
    long now = Math.min(fired, clock);
    Long before = stated.read();
    Long since = correct.read();
    for (long time : changes) {
      boolean again = before != null && since != null && time >= since && time <= before;
      if (again) {
        corrections.inc();
      }
      if (again || (time <= now && (before == null || time > before))) {
        context.output(features(entity, held, time));
      }
    }
    correct.clear();
    long until = before == null ? now : Math.max(before, now);
    stated.write(until);
    forget(held, tiles, until - lateness - longest);

    Long next = changes.higher(until);
    if (next == null || fired > clock) {
      due.clear();
    } else {
      due.write(next);
      timer.set(Instant.ofEpochMilli(next));
    }
  }

  /** The times at which features differ from those before. */
  private NavigableSet<Long> changes(NavigableMap<Long, Row> held) {
    NavigableSet<Long> changes = new TreeSet<>();
    for (long end : held.tailMap(BEFORE, false).keySet()) {
      changes.add(end);
      for (long width : widths) {
        changes.add(end + width);
      }
    }
    return changes;
  }

  private Row features(Row entity, NavigableMap<Long, Row> held, long time) {
    Instant asOf = Instant.ofEpochMilli(time);
    MergeTiles merge = MergeTiles.ofStates(features, stateOf, asOf);
    Object[] merged = merge.createAccumulator();
    held.headMap(time, true)
        .forEach((end, tile) -> merge.merge(merged, Instant.ofEpochMilli(end), tile));
    return features.features(entity, asOf, merge.extractOutput(merged));
  }

  /** Drops the tiles that nothing will be stated of, or keeps them as one. */
  private void forget(NavigableMap<Long, Row> held, MapState<Long, Row> tiles, long horizon) {
    @Nullable Row all = held.get(BEFORE);
    boolean more = false;
    for (Map.Entry<Long, Row> tile :
        held.tailMap(BEFORE, false).headMap(horizon, true).entrySet()) {
      all = states.merge(all, tile.getValue());
      more = true;
      tiles.remove(tile.getKey());
    }
    if (more && unbounded && all != null) {
      tiles.put(BEFORE, all);
    }
  }
}
