package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * A spine in (rows of an entity, a time, and what else is to be kept, such as a label); each of its
 * rows out, once, with the features as they were known at its time.
 *
 * <pre>{@code
 * spine.apply(
 *     JoinPointInTime.at("decided_at")
 *         .merging(spending, pipeline.apply(ReadTable.of(history).from(connection)))
 *         .lookingUp(profile, "shop", connection));
 * }</pre>
 *
 * <p>Of an entity's rows in a view's history the one holds whose event time {@code e} and known-at
 * {@code k} satisfy {@code t - ttl <= e <= t} and {@code k <= t - lag} for the spine's time {@code
 * t}, with the latest {@code e}, then the latest {@code k}, then the one written last. So nothing
 * that happened, or became known, after {@code t} leaks into a training row.
 *
 * <p>For each view the row gets the field {@code VIEW_TIME}, the event time of what was found, and
 * {@code VIEW_FEATURE} for each feature: nullable, and null when nothing holds, unless there is a
 * default. A spine row with a null in the entity or in the time finds nothing. Spine rows that are
 * equal stay as many as they were; their order is not kept.
 *
 * <p>Two engines find the same: {@link #merging} groups spine and history by entity and holds the
 * history of one entity at a time in memory, for large spines; {@link #lookingUp} asks the history
 * table for each row, for small ones. Repeating the join gives the same rows, as long as the
 * history is the same. Of a view's history, a row without an entity or an event time fails the job.
 */
public final class JoinPointInTime extends PTransform<PCollection<Row>, PCollection<Row>> {

  private static final long serialVersionUID = 1L;

  /** Where the history of a view is. Either a collection, which does not travel, or a table. */
  private static final class History implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable PCollection<Row> rows;
    private final @Nullable String keyspace;
    private final @Nullable CassandraConnection connection;

    History(
        @Nullable PCollection<Row> rows,
        @Nullable String keyspace,
        @Nullable CassandraConnection connection) {
      this.rows = rows;
      this.keyspace = keyspace;
      this.connection = connection;
    }
  }

  private final String time;
  private final JoinedRows joined;
  private final List<History> histories;
  private final boolean inclusive;
  private final boolean known;
  private final Duration lag;

  private JoinPointInTime(
      String time,
      JoinedRows joined,
      List<History> histories,
      boolean inclusive,
      boolean known,
      Duration lag) {
    this.time = time;
    this.joined = joined;
    this.histories = histories;
    this.inclusive = inclusive;
    this.known = known;
    this.lag = lag;
  }

  /** The field of the spine, a timestamp, at which features are wanted. */
  public static JoinPointInTime at(String time) {
    return new JoinPointInTime(
        Objects.requireNonNull(time, "time"),
        JoinedRows.none(),
        List.of(),
        true,
        true,
        Duration.ZERO);
  }

  /**
   * Adds the features of a view by grouping spine and history by entity.
   *
   * @param history rows with the view's fields, {@code known_at}, and {@code ingested_at} where
   *     there is one: those of the table {@link
   *     org.pharos.schemas.features.FeatureTables#history(String, FeatureView)}, or of a file
   * @throws IllegalArgumentException if the view is joined already
   */
  public JoinPointInTime merging(FeatureView view, PCollection<Row> history) {
    return and(view, new History(Objects.requireNonNull(history, "history"), null, null));
  }

  /**
   * Adds the features of a view by asking its history table for each row of the spine.
   *
   * @throws IllegalArgumentException if the view is joined already, or has buckets but no time to
   *     live: there would be no end to the buckets to look into
   */
  public JoinPointInTime lookingUp(
      FeatureView view, String keyspace, CassandraConnection connection) {
    if (view.bucket().isPresent() && view.timeToLive().isEmpty()) {
      throw new IllegalArgumentException(
          "view "
              + view
              + " has buckets but no time to live, so looking up knows no first bucket: say"
              + " merging(...), or give the view a time to live");
    }
    return and(view, new History(null, keyspace, Objects.requireNonNull(connection, "connection")));
  }

  private JoinPointInTime and(FeatureView view, History history) {
    List<History> more = new ArrayList<>(histories);
    more.add(history);
    return new JoinPointInTime(time, joined.and(view), more, inclusive, known, lag);
  }

  /**
   * Counts only what is stated before the spine's time, not what is stated at it: for a spine whose
   * rows are themselves events that features are made of. Default: both count.
   */
  public JoinPointInTime strictlyBefore() {
    return new JoinPointInTime(time, joined, histories, false, known, lag);
  }

  /**
   * Does not ask since when a row was known, as if each had been known at its event time. Default:
   * a row that was not known by then, or does not say, does not count.
   */
  public JoinPointInTime whateverWasKnown() {
    return new JoinPointInTime(time, joined, histories, inclusive, false, lag);
  }

  /**
   * How long it takes until what is known is served: that much earlier it must have been known.
   * Default: no time.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public JoinPointInTime withServingLag(Duration lag) {
    if (lag.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("a serving lag is not negative: " + lag);
    }
    return new JoinPointInTime(time, joined, histories, inclusive, known, lag);
  }

  /**
   * A value instead of null, where nothing holds or the feature is null. Say it after the view.
   *
   * @param column as it is called in the result, {@code VIEW_FEATURE}
   * @throws IllegalArgumentException if there is no such column or the value is not of its type
   */
  public JoinPointInTime withDefault(String column, Object value) {
    return new JoinPointInTime(
        time, joined.withDefault(column, value), histories, inclusive, known, lag);
  }

  /**
   * The schema of the result for a spine of a schema.
   *
   * @throws IllegalArgumentException when the spine lacks a field, one has a type that does not
   *     fit, or the result would have one twice
   */
  public Schema schema(Schema spine) {
    if (histories.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no view to join: add one by merging(...) or lookingUp(...)");
    }
    if (!spine.hasField(time)) {
      throw new IllegalArgumentException(
          "the spine has no field " + time + ", only " + spine.getFieldNames());
    }
    if (spine.getField(time).getType().getTypeName() != TypeName.DATETIME) {
      throw new IllegalArgumentException(
          "the spine's time "
              + time
              + " must be a timestamp, but is "
              + Comparables.name(spine.getField(time).getType()));
    }
    return joined.schema(spine, histories.size());
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> spine) {
    Schema ignored = schema(spine.getSchema());
    PCollection<Row> rows = spine;
    for (int i = 0; i < histories.size(); i++) {
      FeatureView view = joined.views().get(i);
      AsOf rule = AsOf.of(view.timeToLive().orElse(null), inclusive, known, lag);
      SpineJoin join =
          new SpineJoin(joined, i, time, rule, joined.schema(spine.getSchema(), i + 1));
      History history = histories.get(i);
      rows =
          history.connection == null
              ? rows.apply(
                  "Merge " + view, new MergeHistory(join, Objects.requireNonNull(history.rows)))
              : rows.apply(
                  "Look up " + view,
                  new LookUpHistory(
                      join, Objects.requireNonNull(history.keyspace), history.connection));
    }
    return rows;
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("time", time).withLabel("Time of the spine"))
        .add(DisplayData.item("views", joined.views().toString()).withLabel("Views"))
        .add(
            DisplayData.item("inclusive", inclusive).withLabel("What is stated at the time counts"))
        .add(DisplayData.item("known", known).withLabel("Must have been known"))
        .add(DisplayData.item("lag", lag).withLabel("Serving lag"));
  }
}
