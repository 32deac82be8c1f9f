package org.pharos.transforms.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Duration;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.EventTime;
import org.pharos.transforms.cassandra.Nulls;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * Rows of a view in; written to its history, to be joined later, and to what is served online.
 *
 * <pre>{@code
 * summaries.apply(WriteFeatures.of(spending).in("shop").to(connection));
 * }</pre>
 *
 * <p>Both tables must be there: {@link FeatureTables#history(String, FeatureView)} and {@link
 * FeatureTables#online}. Online, an entity has the row with the latest event time, whatever the
 * order in which rows come and however often they are replayed; a null replaces what was there; a
 * row expires when its time to live after its event time is over, and one that has is not written.
 * In the history every row stays, with the time since when it is known: when it passes here, unless
 * {@link #knownAfter} says otherwise.
 *
 * <p>A row written again (a bundle is repeated, an event is replayed) leaves the online table as it
 * is; in the history there is one more row with the same values and a later known-at, which changes
 * nothing for a time before or after: joins find equal features. Of two different rows of an entity
 * with the same event time the online table keeps, feature by feature, the larger value, unless
 * {@link #withCorrections} tells how to order them.
 *
 * <p>A row that cannot be written fails the job or goes to {@link #withErrorHandler}, once for each
 * table that refuses it. Results can be waited on.
 */
public final class WriteFeatures extends PTransform<PCollection<Row>, WriteFeatures.Result> {

  private static final long serialVersionUID = 1L;

  private final FeatureView view;
  private final String keyspace;
  private final CassandraConnection connection;
  private final @Nullable Duration knownAfter;
  private final boolean online;
  private final @Nullable Duration step;
  // Needed while the graph is built; a handler does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private WriteFeatures(
      FeatureView view,
      String keyspace,
      CassandraConnection connection,
      @Nullable Duration knownAfter,
      boolean online,
      @Nullable Duration step,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.view = view;
    this.keyspace = keyspace;
    this.connection = connection;
    this.knownAfter = knownAfter;
    this.online = online;
    this.step = step;
    this.handler = handler;
  }

  /** Writes rows of this view; what is missing is where. */
  public static View of(FeatureView view) {
    return new View(Objects.requireNonNull(view, "view"));
  }

  /** What is written; the keyspace is missing. */
  public static final class View {
    private final FeatureView view;

    private View(FeatureView view) {
      this.view = view;
    }

    /** The keyspace of the view's tables. */
    public Place in(String keyspace) {
      return new Place(view, Objects.requireNonNull(keyspace, "keyspace"));
    }
  }

  /** What is written into which keyspace; the cluster is missing. */
  public static final class Place {
    private final FeatureView view;
    private final String keyspace;

    private Place(FeatureView view, String keyspace) {
      this.view = view;
      this.keyspace = keyspace;
    }

    /** The cluster to write to. */
    public WriteFeatures to(CassandraConnection connection) {
      return new WriteFeatures(
          view, keyspace, Objects.requireNonNull(connection, "connection"), null, true, null, null);
    }
  }

  /**
   * Rows are known so long after their event time, instead of when they are written: for a
   * backfill, whose rows would else be of use for no time before today. The column {@code
   * ingested_at} says when they were really written.
   *
   * @throws IllegalArgumentException if it is negative: nothing is known before it happens
   */
  public WriteFeatures knownAfter(Duration delay) {
    if (delay.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException(
          "a row is known after its event time, not " + delay + " after it");
    }
    return new WriteFeatures(view, keyspace, connection, delay, online, step, handler);
  }

  /** Writes the history alone. Default: what is served online as well. */
  public WriteFeatures toHistoryOnly() {
    return new WriteFeatures(view, keyspace, connection, knownAfter, false, step, handler);
  }

  /**
   * Event times are multiples of this step, and a row may correct another of the same entity and
   * event time: then the one that passes here last is served. Without this a correction is served,
   * feature by feature, only where its value is the larger. Not by default. Rows from the past are
   * told apart for 1,000 steps after their time.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public WriteFeatures withCorrections(Duration step) {
    if (step.getMillis() < 1) {
      throw new IllegalArgumentException("a step is 1 ms or more, not " + step);
    }
    return new WriteFeatures(view, keyspace, connection, knownAfter, online, step, handler);
  }

  /** Sets rows aside that cannot be written. Default: such a row fails the job. */
  public WriteFeatures withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new WriteFeatures(
        view,
        keyspace,
        connection,
        knownAfter,
        online,
        step,
        Objects.requireNonNull(handler, "handler"));
  }

  @Override
  public Result expand(PCollection<Row> rows) {
    ViewFit.check(view, view.rows().getFields(), rows.getSchema(), "what is written");
    Schema known = StampFn.schema(rows.getSchema());
    WriteTable toHistory =
        WriteTable.of(FeatureTables.history(keyspace, view))
            .to(connection)
            .withNulls(Nulls.REPLACE);
    WriteResult history =
        rows.apply("Say when it was known", ParDo.of(new StampFn(view, known, knownAfter)))
            .setRowSchema(known)
            .apply("Write history", handled(toHistory));
    return new Result(
        rows.getPipeline(),
        history,
        online ? ordered(rows).apply("Write online", toOnline()) : null);
  }

  private PCollection<Row> ordered(PCollection<Row> rows) {
    if (step == null) {
      return rows;
    }
    Schema ordered = OrderCorrectionsFn.schema(rows.getSchema());
    return rows.apply("Order corrections", ParDo.of(new OrderCorrectionsFn(view, ordered, step)))
        .setRowSchema(ordered);
  }

  private WriteTable toOnline() {
    String field = view.eventTime();
    EventTime eventTime = EventTime.from(step == null ? field : OrderCorrectionsFn.TIMESTAMP);
    if (view.timeToLive().isPresent()) {
      Duration timeToLive = view.timeToLive().get();
      eventTime =
          eventTime.withExpiryBy(
              row -> {
                ReadableInstant at = row.getValue(field);
                return at == null ? null : at.toInstant().plus(timeToLive);
              });
    }
    return handled(
        WriteTable.of(FeatureTables.online(keyspace, view))
            .to(connection)
            .withNulls(Nulls.REPLACE)
            .byEventTime(eventTime));
  }

  private WriteTable handled(WriteTable write) {
    return handler == null ? write : write.withErrorHandler(handler);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("view", view.qualifiedName()).withLabel("View"))
        .add(DisplayData.item("keyspace", keyspace).withLabel("Keyspace"))
        .add(DisplayData.item("online", online).withLabel("Served online"))
        .addIfNotNull(DisplayData.item("step", step).withLabel("Step of corrections"))
        .addIfNotNull(DisplayData.item("knownAfter", knownAfter).withLabel("Known after"));
  }

  /** What both writes give back. */
  public static final class Result implements POutput {
    private final Pipeline pipeline;
    private final WriteResult history;
    private final @Nullable WriteResult online;

    private Result(Pipeline pipeline, WriteResult history, @Nullable WriteResult online) {
      this.pipeline = pipeline;
      this.history = history;
      this.online = online;
    }

    /** Of the history. */
    public WriteResult history() {
      return history;
    }

    /**
     * Of the online table.
     *
     * @throws IllegalStateException if only the history was written
     */
    public WriteResult online() {
      if (online == null) {
        throw new IllegalStateException("only the history was written: toHistoryOnly()");
      }
      return online;
    }

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      Map<TupleTag<?>, PValue> all = new LinkedHashMap<>();
      add("history", history, all);
      if (online != null) {
        add("online", online, all);
      }
      return all;
    }

    // Both writes tag their outputs alike.
    private static void add(String name, WriteResult result, Map<TupleTag<?>, PValue> all) {
      result
          .expand()
          .forEach((tag, value) -> all.put(new TupleTag<>(name + "_" + tag.getId()), value));
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
