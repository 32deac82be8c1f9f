package org.pharos.transforms.cassandra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/** What becomes of the rows of a bundle: counted by window, the bad ones set aside or thrown. */
final class BundleResults<T> {
  private final WriteSpec<T> spec;
  private final WriteMetrics metrics;
  private final Map<BoundedWindow, WriteTally> tallies = new HashMap<>();

  /** Of the last window asked for, which is nearly always the next one as well. */
  private @Nullable BoundedWindow lastWindow;

  private WriteTally lastTally = new WriteTally();
  @Nullable Outlet out;

  BundleResults(WriteSpec<T> spec, WriteMetrics metrics) {
    this.spec = spec;
    this.metrics = metrics;
  }

  /** Begins a bundle; what a failed one left behind does not reach it. */
  void start() {
    clear();
    for (WritePlan plan : spec.plans()) {
      Lineage.getSinks().add("cassandra", List.of(plan.table().keyspace(), plan.table().name()));
    }
  }

  /** The element's row; null if it has none, which is told as a bad record. */
  @Nullable Row row(T element, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    try {
      return spec.toRow().apply(element);
    } catch (RuntimeException e) {
      RejectedRow why =
          new RejectedRow(Reason.MAPPING, "the element has no row: " + e.getMessage(), e);
      BadRecord bad = rejection(why).badRecord(element, spec.elementCoder(), why);
      rejected(bad, why, timestamp, window, pane);
      return null;
    }
  }

  /** A row can never be written. */
  void rejected(Row row, RejectedRow why, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    rejected(rejection(why).badRecord(row, why), why, timestamp, window, pane);
  }

  private void rejected(
      BadRecord bad, RejectedRow why, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    if (!spec.hasHandler()) {
      throw new CassandraFailure(
          rejection(why).description()
              + ". To set such rows aside instead of failing, say withErrorHandler(...)",
          why);
    }
    metrics.bad();
    tally(window).rejected();
    outlet().put(WriteFn.BAD, KV.of(pane, bad), timestamp, window);
  }

  private Rejection rejection(RejectedRow why) {
    return new Rejection(spec.step(), why.reason(), String.valueOf(why.getMessage()));
  }

  /** A row had expired before it was written. */
  void expired(BoundedWindow window) {
    metrics.expired();
    tally(window).expired();
  }

  @SuppressWarnings("ReferenceEquality") // a miss costs a look into the map
  WriteTally tally(BoundedWindow window) {
    if (window != lastWindow) {
      lastTally = tallies.computeIfAbsent(window, each -> new WriteTally());
      lastWindow = window;
    }
    return lastTally;
  }

  private void clear() {
    tallies.clear();
    lastWindow = null;
  }

  /** Gives out the counts, at the end of the bundle. */
  void giveCounts() {
    Outlet to = outlet();
    tallies.forEach(
        (window, tally) -> to.put(WriteFn.COUNTS, tally.counts(), window.maxTimestamp(), window));
    clear();
  }

  Outlet outlet() {
    if (out == null) {
      throw new IllegalStateException("no bundle");
    }
    return out;
  }
}
