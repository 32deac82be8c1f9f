package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;

/**
 * What a worker has of a writer: the session, the prepared tables, and the rows of the bundle that
 * is being written, of which each leaves as exactly one result.
 */
final class WriteWorker<T> implements RowResults, AsyncWriter.Outcomes {
  private final WriteSpec<T> spec;
  private final Lease lease;
  private final Execution execution;
  private final WriteMetrics metrics = new WriteMetrics();
  private final BundleResults<T> results;
  private final Map<String, WriteTarget> targets = new HashMap<>();
  private @Nullable WriteTarget only;
  private AsyncWriter writer;

  WriteWorker(WriteSpec<T> spec) {
    this.spec = spec;
    this.results = new BundleResults<>(spec, metrics);
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

  /** Where the results of the bundle go from now on. */
  void giveTo(Outlet out) {
    results.out = out;
  }

  /** Begins a bundle. */
  void start() {
    // What a failed bundle left behind must not reach the next one.
    writer = newWriter();
    targets.values().forEach(WriteTarget::clear);
    results.start();
  }

  /** Takes up an element: what is wrong with it by itself is told at once, the rest later. */
  void write(T element, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    writer.advance();
    Row row = results.row(element, timestamp, window, pane);
    if (row == null) {
      return;
    }
    WriteTarget target;
    PendingRow pending;
    try {
      target = choose(row);
      pending = target.bind(row, timestamp, window, pane);
    } catch (RejectedRow why) {
      results.rejected(row, why, timestamp, window, pane);
      return;
    }
    if (pending == null) {
      results.expired(window);
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
    results.giveCounts();
  }

  void close() {
    lease.close();
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
    results.rejected(row.row(), why, row.timestamp(), row.window(), row.pane());
    return target.ended(row);
  }

  @Override
  public void written(List<PendingRow> rows, int bytes) {
    metrics.written(rows.size(), bytes);
    for (PendingRow row : rows) {
      results.tally(row.window()).written();
    }
  }

  @Override
  public void decided(PendingRow row, boolean applied, @Nullable Row current) {
    if (applied) {
      written(List.of(row), row.bytes());
    } else {
      metrics.notApplied();
      results.tally(row.window()).notApplied();
    }
    LwtOutcome.State state = applied ? LwtOutcome.State.APPLIED : LwtOutcome.State.NOT_APPLIED;
    outcome(row, new LwtOutcome(row.row(), state, current));
  }

  @Override
  public void unknown(PendingRow row, boolean conditional, @Nullable Row current) {
    metrics.unknown();
    results.tally(row.window()).unknown();
    results
        .outlet()
        .put(WriteFn.UNKNOWN, KV.of(row.pane(), row.row()), row.timestamp(), row.window());
    if (conditional) {
      outcome(row, new LwtOutcome(row.row(), LwtOutcome.State.UNKNOWN, current));
    }
  }

  private void outcome(PendingRow row, LwtOutcome outcome) {
    results
        .outlet()
        .put(WriteFn.OUTCOMES, KV.of(row.pane(), outcome), row.timestamp(), row.window());
  }
}
