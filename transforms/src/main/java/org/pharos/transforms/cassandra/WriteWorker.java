package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * What a worker has of a writer: the session, the prepared tables, and the rows of the bundle that
 * is being written, of which each leaves as exactly one result.
 */
final class WriteWorker<T> implements RowResults, AsyncWriter.Outcomes {
  private final WriteSpec<T> spec;
  private final Lease lease;
  private final Execution execution;
  private final WriteMetrics metrics = new WriteMetrics();
  private final Map<String, WriteTarget> targets = new HashMap<>();
  private final Map<BoundedWindow, WriteTally> tallies = new HashMap<>();
  private @Nullable WriteTarget only;
  private AsyncWriter writer;
  @Nullable Outlet out;

  WriteWorker(WriteSpec<T> spec) {
    this.spec = spec;
    this.lease = Sessions.acquire(spec.settings().connection());
    this.execution = spec.settings().execution.of(lease.session());
    this.writer = newWriter();
    try {
      spec.plans().forEach(this::prepare);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private void prepare(WritePlan plan) {
    WriteTarget target = new WriteTarget(plan, spec.settings(), lease.session());
    targets.put(plan.table().keyspace() + "." + plan.table().name(), target);
    String name = plan.table().name();
    if (spec.plans().stream().filter(each -> each.table().name().equals(name)).count() == 1) {
      targets.put(name, target);
    }
    only = target;
  }

  private AsyncWriter newWriter() {
    return new AsyncWriter(
        execution,
        InFlightLimit.ofWrites(lease.session()),
        RowRate.of(lease.session(), spec.settings().connection().writeLimit()),
        spec.settings().maxInFlight,
        this,
        metrics);
  }

  /** Begins a bundle. */
  void start() {
    // What a failed bundle left behind must not reach the next one.
    writer = newWriter();
    targets.values().forEach(WriteTarget::clear);
    tallies.clear();
    for (WritePlan plan : spec.plans()) {
      Lineage.getSinks().add("cassandra", List.of(plan.table().keyspace(), plan.table().name()));
    }
  }

  /** Takes up an element: what is wrong with it by itself is told at once, the rest later. */
  void write(T element, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    writer.advance();
    Row row;
    try {
      row = spec.toRow().apply(element);
    } catch (RuntimeException e) {
      RejectedRow why =
          new RejectedRow(Reason.MAPPING, "the element has no row: " + e.getMessage(), e);
      BadRecord bad = rejection(why).badRecord(element, spec.elementCoder(), why);
      rejected(bad, why, timestamp, window, pane);
      return;
    }
    WriteTarget target;
    PendingRow pending;
    try {
      target = choose(row);
      pending = target.bind(row, timestamp, window, pane);
    } catch (RejectedRow why) {
      rejected(rejection(why).badRecord(row, why), why, timestamp, window, pane);
      return;
    }
    if (pending == null) {
      metrics.expired();
      tally(window).expired();
      return;
    }
    target.add(pending, writer::send);
    while (target.crowded()) {
      writer.await();
    }
  }

  private WriteTarget choose(Row row) {
    WriteTarget target = only;
    if (spec.chooser() != null) {
      String name = chosen(spec.chooser(), row);
      target = targets.get(name);
      if (target == null) {
        throw new RejectedRow(
            Reason.MAPPING, "the table " + name + " is none of " + targets.keySet());
      }
    }
    if (target == null) {
      throw new IllegalStateException("no table");
    }
    return target;
  }

  private static String chosen(SerializableFunction<Row, String> chooser, Row row) {
    try {
      return chooser.apply(row);
    } catch (RuntimeException e) {
      throw new RejectedRow(Reason.MAPPING, "choosing a table failed: " + e.getMessage(), e);
    }
  }

  /** Sends what still waits, waits for all answers, and gives out the counts. */
  void finish() {
    targets.values().forEach(target -> target.flush(writer::send));
    writer.drain();
    Outlet to = outlet();
    tallies.forEach(
        (window, tally) -> to.put(WriteFn.COUNTS, tally.counts(), window.maxTimestamp(), window));
    tallies.clear();
  }

  void close() {
    lease.close();
  }

  private Outlet outlet() {
    if (out == null) {
      throw new IllegalStateException("no bundle");
    }
    return out;
  }

  private WriteTally tally(BoundedWindow window) {
    return tallies.computeIfAbsent(window, each -> new WriteTally());
  }

  private Rejection rejection(RejectedRow why) {
    return new Rejection(spec.step(), why.reason(), String.valueOf(why.getMessage()));
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

  @Override
  public @Nullable WriteRequest answered(WriteRequest request, AsyncResultSet result) {
    return request.target.answered(request, result, this);
  }

  @Override
  public @Nullable WriteRequest lost(WriteRequest request, Throwable cause) {
    return request.target.lost(request, this);
  }

  @Override
  public @Nullable WriteRequest rejected(
      WriteTarget target, PendingRow row, FailureClass failure, Throwable cause) {
    Reason reason = failure == FailureClass.BATCH_TOO_LARGE ? Reason.TOO_LARGE : Reason.REFUSED;
    RejectedRow why = new RejectedRow(reason, String.valueOf(cause.getMessage()), cause);
    rejected(
        rejection(why).badRecord(row.row(), why), why, row.timestamp(), row.window(), row.pane());
    return target.ended(row);
  }

  @Override
  public void written(PendingRow row) {
    metrics.written(row);
    tally(row.window()).written();
  }

  @Override
  public void decided(PendingRow row, boolean applied, @Nullable Row current) {
    if (applied) {
      written(row);
    } else {
      metrics.notApplied();
      tally(row.window()).notApplied();
    }
    LwtOutcome.State state = applied ? LwtOutcome.State.APPLIED : LwtOutcome.State.NOT_APPLIED;
    outcome(row, new LwtOutcome(row.row(), state, current));
  }

  @Override
  public void unknown(PendingRow row, boolean conditional, @Nullable Row current) {
    metrics.unknown();
    tally(row.window()).unknown();
    outlet().put(WriteFn.UNKNOWN, KV.of(row.pane(), row.row()), row.timestamp(), row.window());
    if (conditional) {
      outcome(row, new LwtOutcome(row.row(), LwtOutcome.State.UNKNOWN, current));
    }
  }

  private void outcome(PendingRow row, LwtOutcome outcome) {
    outlet().put(WriteFn.OUTCOMES, KV.of(row.pane(), outcome), row.timestamp(), row.window());
  }
}
