package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

/**
 * Looks each element's key up and gives out the rows (none: the key is missing; many: in several
 * parts) with the element's own timestamp and window; its pane travels beside them, since the end
 * of a bundle cannot set it.
 */
final class LookupFn<T> extends DoFn<T, KV<PaneInfo, KV<T, WireRows>>> {
  private static final long serialVersionUID = 1;

  static final TupleTag<BadRecord> BAD = new TupleTag<>("bad");

  /** What a bundle remembers to ask only once for keys that come again, if there is no cache. */
  private static final int REMEMBERED_ROWS = 2000;

  /** So many keys of which none comes again, and a bundle hardly looks for such any more. */
  private static final int PATIENCE = 2000;

  /** An element that waits for its answer. */
  private record Waiting<T>(T input, Instant timestamp, BoundedWindow window, PaneInfo pane) {}

  private final LookupSettings settings;
  private final Schema input;
  private final SerializableFunction<T, Row> toRow;
  private final TupleTag<KV<PaneInfo, KV<T, WireRows>>> answers;
  private final boolean hasHandler;
  private transient @Nullable Worker worker;

  /**
   * @param input the schema of the elements' rows
   * @param answers the main output
   */
  LookupFn(
      LookupSettings settings,
      Schema input,
      SerializableFunction<T, Row> toRow,
      TupleTag<KV<PaneInfo, KV<T, WireRows>>> answers,
      boolean hasHandler) {
    this.settings = settings;
    this.input = input;
    this.toRow = toRow;
    this.answers = answers;
    this.hasHandler = hasHandler;
  }

  @Setup
  public void setUp() {
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
    worker().outlet = Outlet.of(out);
    worker().ask(new Waiting<>(element, timestamp, window, pane));
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    worker().outlet = context::output;
    worker().finish();
  }

  @Teardown
  public void tearDown() {
    if (worker != null) {
      worker.lease.close();
      worker = null;
    }
  }

  /** Results of earlier elements leave while a later one is processed. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public org.joda.time.Duration getAllowedTimestampSkew() {
    return org.joda.time.Duration.millis(Long.MAX_VALUE);
  }

  private Worker worker() {
    if (worker == null) {
      throw new IllegalStateException("not set up");
    }
    return worker;
  }

  /** All that lives on a worker. */
  private final class Worker implements AsyncLookups.Answers<Waiting<T>> {
    private final Lease lease = Sessions.acquire(settings.source());
    private final ReadMetrics metrics = new ReadMetrics();
    private final Counter found = Metrics.counter(ReadMetrics.NAMESPACE, "lookups_found");
    private final Counter missing = Metrics.counter(ReadMetrics.NAMESPACE, "lookups_missing");
    private final Counter bad = Metrics.counter(ReadMetrics.NAMESPACE, "lookups_bad");
    private final RowEncoder encoder = RowEncoder.of(settings.table(), settings.key(), input);
    private final boolean caches = settings.cachedRows() > 0;
    private final RecentRows recent =
        caches
            ? RecentRows.cache(settings.cachedRows(), settings.cachedFor())
            : RecentRows.whileUseful(REMEMBERED_ROWS, PATIENCE);
    private final PreparedStatement prepared;
    private AsyncLookups<Waiting<T>> lookups;
    private @Nullable Outlet outlet;

    Worker() {
      try {
        prepared =
            ScanStatement.prepare(
                lease.session(), settings.table().qualifiedName(), settings.cql());
        lookups = newLookups();
      } catch (RuntimeException e) {
        lease.close();
        throw e;
      }
    }

    private AsyncLookups<Waiting<T>> newLookups() {
      return new AsyncLookups<>(
          settings.requests().of(lease.session()),
          this::bind,
          settings.projection().types().size(),
          InFlightLimit.ofLookups(lease.session()),
          settings.maxInFlight(),
          recent,
          new ReadRetry("looking up", settings.table().qualifiedName(), ReadRetry.BACKOFF, metrics),
          metrics,
          this);
    }

    void start() {
      // What a failed bundle left behind must not reach the next one.
      lookups = newLookups();
      if (!caches) {
        recent.clear();
      }
      Lineage.getSources()
          .add("cassandra", List.of(settings.table().keyspace(), settings.table().name()));
    }

    void ask(Waiting<T> waiting) {
      List<ByteBuffer> key;
      try {
        key = key(toRow.apply(waiting.input()));
      } catch (RejectedRow why) {
        rejected(waiting, why);
        return;
      }
      lookups.ask(key, waiting);
    }

    void finish() {
      lookups.drain();
    }

    private List<ByteBuffer> key(Row row) {
      List<ByteBuffer> key = new ArrayList<>(settings.key().size());
      try {
        @Nullable ByteBuffer[] bytes = encoder.encode(row);
        for (int i = 0; i < bytes.length; i++) {
          ByteBuffer value = bytes[i];
          if (value == null) {
            throw new RejectedRow(
                Reason.KEY, "column " + settings.key().get(i) + " of the key is null");
          }
          key.add(value);
        }
      } catch (IllegalArgumentException e) {
        boolean isNull = String.valueOf(e.getMessage()).endsWith("is null");
        throw new RejectedRow(
            isNull ? Reason.KEY : Reason.MAPPING, String.valueOf(e.getMessage()), e);
      }
      return key;
    }

    private BoundStatement bind(List<ByteBuffer> key) {
      BoundStatementBuilder bound = prepared.boundStatementBuilder();
      for (int i = 0; i < key.size(); i++) {
        BoundStatementBuilder ignored = bound.setBytesUnsafe(i, key.get(i));
      }
      return bound
          .setConsistencyLevel(settings.consistency().toDriver())
          .setIdempotence(true)
          .setPageSize(AsyncLookups.PAGE_ROWS)
          .build();
    }

    @Override
    public void found(Waiting<T> waiting, WireRows rows) {
      found.inc();
      put(waiting, rows);
    }

    @Override
    public void missing(Waiting<T> waiting) {
      missing.inc();
      put(waiting, WireRows.NONE);
    }

    private void put(Waiting<T> waiting, WireRows rows) {
      outlet()
          .put(
              answers,
              KV.of(waiting.pane(), KV.of(waiting.input(), rows)),
              waiting.timestamp(),
              waiting.window());
    }

    @Override
    public void refused(Waiting<T> waiting, Throwable cause) {
      rejected(waiting, new RejectedRow(Reason.REFUSED, String.valueOf(cause.getMessage()), cause));
    }

    private void rejected(Waiting<T> waiting, RejectedRow why) {
      Rejection rejection =
          new Rejection(settings.step(), why.reason(), String.valueOf(why.getMessage()));
      if (!hasHandler) {
        throw new CassandraFailure(
            rejection.description()
                + ". To set such rows aside instead of failing, say withErrorHandler(...)",
            why);
      }
      bad.inc();
      outlet()
          .put(
              BAD,
              rejection.badRecord(toRow.apply(waiting.input()), why),
              waiting.timestamp(),
              waiting.window());
    }

    private Outlet outlet() {
      if (outlet == null) {
        throw new IllegalStateException("no bundle");
      }
      return outlet;
    }
  }
}
