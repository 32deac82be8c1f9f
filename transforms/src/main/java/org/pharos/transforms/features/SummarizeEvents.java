package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Events in (rows, or any records with a schema), one row of features an entity out, as they were
 * known at a point in time: an event after it is not looked at, one exactly then is.
 *
 * <pre>{@code
 * purchases.apply(
 *     SummarizeEvents.by("customer_id")
 *         .asOf(Instant.parse("1998-07-01T00:00:00Z"))
 *         .withEventTime("sold_at")
 *         .with("purchases", Count.events())
 *         .with("spend", Sum.of("price"), Trailing.days(7), Trailing.all())
 *         .with("products", CountDistinct.of("product_id"))
 *         .with("recency_days", Recency.inDays())
 *         .with("favourite_category", MostFrequent.of("category")));
 * }</pre>
 *
 * <p>The rows have the fields of the entity, {@code as_of}, and the features in the order of their
 * declaration ({@link #schema}); an entity without an event until then does not come out, one
 * without an event in a window has there what the aggregation gives for none. A null in an
 * aggregated field is not a value: the event does not count for that feature. An event with a null
 * in the entity or in the event time belongs nowhere: it fails the job, or goes to {@link
 * #withErrorHandler}.
 *
 * <p>Bounded or unbounded, per window. The result depends on the events alone, not on their order
 * or on how they are spread. Aggregation starts before the shuffle where the runner can, so an
 * entity of very many events is no hot key.
 */
public final class SummarizeEvents extends PTransform<PCollection<?>, PCollection<Row>> {

  /** The column that says at which time the features are stated. */
  public static final String AS_OF = "as_of";

  private static final long serialVersionUID = 1L;

  private final List<String> entity;
  private final Instant asOf;
  private final @Nullable String eventTime;
  private final List<Feature> features;
  // Needed while the graph is built; a handler does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private SummarizeEvents(
      List<String> entity,
      Instant asOf,
      @Nullable String eventTime,
      List<Feature> features,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.entity = entity;
    this.asOf = asOf;
    this.eventTime = eventTime;
    this.features = features;
    this.handler = handler;
  }

  /** The fields that together say whose event it is. */
  public static Entity by(String... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("an entity needs 1 field or more, but has none");
    }
    return new Entity(List.of(fields));
  }

  /** Whose events are summarized; what is missing is the point in time. */
  public static final class Entity {

    private final List<String> fields;

    private Entity(List<String> fields) {
      this.fields = fields;
    }

    /** The features as they were known then, to the millisecond. */
    public SummarizeEvents asOf(Instant time) {
      return new SummarizeEvents(
          fields, Objects.requireNonNull(time, "time"), null, List.of(), null);
    }
  }

  /**
   * Adds a feature: a column of this name with what the aggregation gives of all events until then;
   * or one column a window, with the window's label behind the name ({@code spend_7d}, {@code
   * spend_all}), of the events in it.
   *
   * @throws IllegalArgumentException when the result has a column of this name already
   */
  public SummarizeEvents with(String name, Aggregation aggregation, Trailing... over) {
    List<String> taken = new ArrayList<>(entity);
    taken.add(AS_OF);
    return new SummarizeEvents(
        entity,
        asOf,
        eventTime,
        Feature.join(features, Feature.of(name, aggregation, over), taken),
        handler);
  }

  /** The field, a timestamp, that says when an event happened. Default: its element's timestamp. */
  public SummarizeEvents withEventTime(String field) {
    return new SummarizeEvents(
        entity, asOf, Objects.requireNonNull(field, "field"), features, handler);
  }

  /** Sets events aside that have no entity or no time. Default: such an event fails the job. */
  public SummarizeEvents withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new SummarizeEvents(
        entity, asOf, eventTime, features, Objects.requireNonNull(handler, "handler"));
  }

  /**
   * The schema of the feature rows for events of a schema.
   *
   * @throws IllegalArgumentException when a field does not exist or its type does not fit
   */
  public Schema schema(Schema events) {
    return layout(events).features();
  }

  /** The fields of the entity. */
  public List<String> entity() {
    return entity;
  }

  private FeatureLayout layout(Schema events) {
    if (features.isEmpty()) {
      throw new IllegalArgumentException("there is no feature to compute: add one by with(...)");
    }
    return new FeatureLayout(events, entity, eventTime, features);
  }

  @Override
  public PCollection<Row> expand(PCollection<?> events) {
    if (!events.hasSchema()) {
      throw new IllegalArgumentException(
          "the events need a schema, but " + events.getName() + " has none");
    }
    FeatureLayout layout = layout(events.getSchema());
    return summarize(events, layout)
        .apply("Lay out features", ParDo.of(new FeatureRowFn(layout, asOf)))
        .setRowSchema(layout.features());
  }

  private <T> PCollection<KV<Row, Row>> summarize(PCollection<T> events, FeatureLayout layout) {
    return events.apply(
        "Summarize by entity",
        new CombineEvents<>(
            new EventKey.OfEntity(layout),
            new FinishStates(layout, asOf),
            SummarizeEvents.class,
            asOf,
            handler));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("entity", String.join(", ", entity)).withLabel("Entity"))
        .add(DisplayData.item("asOf", asOf).withLabel("As of"))
        .add(DisplayData.item("features", described()).withLabel("Features"));
  }

  private String described() {
    return features.stream().map(Feature::toString).collect(Collectors.joining(", "));
  }
}
