package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

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

  private final String step;
  private final WriteSettings settings;
  private final List<WritePlan> plans;
  private final @Nullable SerializableFunction<Row, String> chooser;
  private final SerializableFunction<T, Row> toRow;
  private final Coder<T> elementCoder;
  private final boolean hasHandler;

  private transient @Nullable Worker worker;

  WriteFn(
      String step,
      WriteSettings settings,
      List<WritePlan> plans,
      @Nullable SerializableFunction<Row, String> chooser,
      SerializableFunction<T, Row> toRow,
      Coder<T> elementCoder,
      boolean hasHandler) {
    this.step = step;
    this.settings = settings;
    this.plans = List.copyOf(plans);
    this.chooser = chooser;
    this.toRow = toRow;
    this.elementCoder = elementCoder;
    this.hasHandler = hasHandler;
  }

  @Setup
  public void setup() {
    worker = new Worker();
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
    Worker at = worker();
    at.outlet = new BundleOutlet(out);
    at.write(element, timestamp, window, pane);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    Worker at = worker();
    at.outlet = context::output;
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

  private Worker worker() {
    if (worker == null) {
      throw new IllegalStateException("not set up");
    }
    return worker;
  }

  /** Where results go: while elements are processed, or at the end of the bundle. */
  private interface Outlet {
    <V> void put(TupleTag<V> tag, V value, Instant timestamp, BoundedWindow window);
  }

  private record BundleOutlet(MultiOutputReceiver receiver) implements Outlet {
    @Override
    public <V> void put(TupleTag<V> tag, V value, Instant timestamp, BoundedWindow window) {
      receiver.get(tag).builder(value).setTimestamp(timestamp).setWindow(window).output();
    }
  }

  /** All that lives on a worker. */
  private final class Worker implements RowResults, AsyncWriter.Outcomes {
    private final Lease lease = Sessions.acquire(settings.connection());
    private final Execution execution = settings.execution.of(lease.session());
    private final WriteMetrics metrics = new WriteMetrics();
    private final Map<String, WriteTarget> targets = new HashMap<>();
    private final Map<BoundedWindow, WriteTally> tallies = new HashMap<>();
    private @Nullable WriteTarget only;
    private AsyncWriter writer = newWriter();
    private @Nullable Outlet outlet;

    Worker() {
      try {
        for (WritePlan plan : plans) {
          WriteTarget target = new WriteTarget(plan, settings, lease.session());
          targets.put(plan.table().name(), target);
          targets.put(plan.table().keyspace() + "." + plan.table().name(), target);
          only = target;
        }
      } catch (RuntimeException e) {
        lease.close();
        throw e;
      }
    }

    private AsyncWriter newWriter() {
      return new AsyncWriter(
          execution, InFlightLimit.of(lease.session()), settings.maxInFlight, this, metrics);
    }

    void start() {
      // What a failed bundle left behind must not reach the next one.
      writer = newWriter();
      targets.values().forEach(WriteTarget::clear);
      tallies.clear();
      for (WritePlan plan : plans) {
        Lineage.getSinks().add("cassandra", List.of(plan.table().keyspace(), plan.table().name()));
      }
    }

    void write(T element, Instant timestamp, BoundedWindow window, PaneInfo pane) {
      Row row;
      try {
        row = toRow.apply(element);
      } catch (RuntimeException e) {
        RejectedRow why =
            new RejectedRow(Reason.MAPPING, "the element has no row: " + e.getMessage(), e);
        BadRecord bad = rejection(why).badRecord(element, elementCoder, why);
        rejected(bad, why, timestamp, window, pane);
        return;
      }
      try {
        WriteTarget target = choose(row);
        PendingRow pending = target.bind(row, timestamp, window, pane);
        if (pending == null) {
          metrics.expired();
          tally(window).expired();
        } else {
          target.add(pending, writer::send);
          while (target.crowded()) {
            writer.await();
          }
        }
      } catch (RejectedRow why) {
        rejected(rejection(why).badRecord(row, why), why, timestamp, window, pane);
      }
      writer.advance();
    }

    private WriteTarget choose(Row row) {
      WriteTarget target = only;
      if (chooser != null) {
        String name = chooser.apply(row);
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

    void finish() {
      targets.values().forEach(target -> target.flush(writer::send));
      writer.drain();
      Outlet out = outlet();
      tallies.forEach(
          (window, tally) -> out.put(COUNTS, tally.counts(), window.maxTimestamp(), window));
      tallies.clear();
    }

    void close() {
      lease.close();
    }

    private Outlet outlet() {
      if (outlet == null) {
        throw new IllegalStateException("no bundle");
      }
      return outlet;
    }

    private WriteTally tally(BoundedWindow window) {
      return tallies.computeIfAbsent(window, each -> new WriteTally());
    }

    private Rejection rejection(RejectedRow why) {
      return new Rejection(step, why.reason(), String.valueOf(why.getMessage()));
    }

    private void rejected(
        BadRecord bad, RejectedRow why, Instant timestamp, BoundedWindow window, PaneInfo pane) {
      if (!hasHandler) {
        throw new CassandraFailure(
            rejection(why).description()
                + ". To set such rows aside instead of failing, say withErrorHandler(...)",
            why);
      }
      metrics.bad();
      tally(window).rejected();
      outlet().put(BAD, KV.of(pane, bad), timestamp, window);
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
      outlet().put(UNKNOWN, KV.of(row.pane(), row.row()), row.timestamp(), row.window());
      if (conditional) {
        outcome(row, new LwtOutcome(row.row(), LwtOutcome.State.UNKNOWN, current));
      }
    }

    private void outcome(PendingRow row, LwtOutcome outcome) {
      outlet().put(OUTCOMES, KV.of(row.pane(), outcome), row.timestamp(), row.window());
    }
  }
}
