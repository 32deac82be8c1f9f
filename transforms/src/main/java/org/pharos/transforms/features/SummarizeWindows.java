package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.apache.beam.sdk.values.WindowingStrategy.AccumulationMode;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Events in windows in, one row an entity and window out, at each firing of the window: what the
 * events until then come to.
 *
 * <pre>{@code
 * purchases
 *     .apply(
 *         Window.<Row>into(FixedWindows.of(Duration.standardHours(1)))
 *             .triggering(
 *                 AfterWatermark.pastEndOfWindow()
 *                     .withLateFirings(AfterPane.elementCountAtLeast(1)))
 *             .withAllowedLateness(Duration.standardDays(1))
 *             .accumulatingFiredPanes())
 *     .apply(
 *         SummarizeWindows.by("customer_id")
 *             .with("purchases", Count.events())
 *             .with("spend", Sum.of("price")));
 * }</pre>
 *
 * <p>The rows have the fields of the entity, {@link #WINDOW_START} and {@link #WINDOW_END} (which
 * does not belong to the window), {@link #REVISION}, {@link #LAST_EVENT}, and the features in the
 * order of their declaration ({@link #schema}). Nulls are treated as {@link SummarizeEvents} does.
 *
 * <p><b>Which row is the newest.</b> All firings of a window have one time, and workers may write
 * them in any order. The revision, how many events a row is made of, grows with each firing of an
 * entity's window, also where sessions merge: of two rows of one entity and window start the one of
 * the greater revision is the newer one. A session that has grown over others replaces them: rows
 * of the entity whose start is later than its own, and not later than its last event, are sessions
 * no more.
 *
 * <p>Windows are those of the input: intervals (fixed, sliding, sessions), and panes that
 * accumulate where they fire more than once; other input is refused. An event of several windows
 * counts in each of them. The rows of a window depend on its events alone, not on their order.
 * Aggregation starts before the shuffle where the runner can.
 */
public final class SummarizeWindows extends PTransform<PCollection<?>, PCollection<Row>> {

  /** The column with the window's begin, a timestamp. */
  public static final String WINDOW_START = "window_start";

  /** The column with the window's end, a timestamp that does not belong to the window. */
  public static final String WINDOW_END = "window_end";

  /** The column that says how many events the row is made of, a bigint. */
  public static final String REVISION = "revision";

  /** The column that says when the last of these events happened, a timestamp. */
  public static final String LAST_EVENT = "last_event";

  private static final long serialVersionUID = 1L;

  private final List<String> entity;
  private final List<Feature> features;
  // Needed while the graph is built; a handler does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private SummarizeWindows(
      List<String> entity, List<Feature> features, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.entity = entity;
    this.features = features;
    this.handler = handler;
  }

  /** The fields that together say whose event it is. */
  public static SummarizeWindows by(String... fields) {
    if (fields.length == 0) {
      throw new IllegalArgumentException("an entity needs 1 field or more, but has none");
    }
    SummarizeWindows nothing = new SummarizeWindows(List.of(fields), List.of(), null);
    return nothing.with(REVISION, Count.events()).with(LAST_EVENT, new LatestTime());
  }

  /**
   * Adds a feature: a column of this name with what the aggregation gives of a window's events.
   *
   * @throws IllegalArgumentException when the result has a column of this name already, or the
   *     aggregation looks back from a time, which a window is not
   */
  public SummarizeWindows with(String name, Aggregation aggregation) {
    if (aggregation instanceof Recency) {
      throw new IllegalArgumentException(
          "feature " + name + ": " + aggregation + " is stated as of a time, not of a window");
    }
    List<String> taken = new ArrayList<>(entity);
    taken.addAll(List.of(WINDOW_START, WINDOW_END));
    return new SummarizeWindows(
        entity, Feature.join(features, Feature.of(name, aggregation), taken), handler);
  }

  /** Sets events aside that have no entity. Default: such an event fails the job. */
  public SummarizeWindows withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new SummarizeWindows(entity, features, Objects.requireNonNull(handler, "handler"));
  }

  /** The fields of the entity. */
  public List<String> entity() {
    return entity;
  }

  /**
   * The schema of the rows for events of a schema.
   *
   * @throws IllegalArgumentException when a field does not exist or its type does not fit
   */
  public Schema schema(Schema events) {
    return schema(layout(events));
  }

  private static Schema schema(FeatureLayout layout) {
    return Schema.builder()
        .addFields(layout.entity().getFields())
        .addFields(
            Field.of(WINDOW_START, Schema.FieldType.DATETIME),
            Field.of(WINDOW_END, Schema.FieldType.DATETIME))
        .addFields(layout.results().getFields())
        .build();
  }

  private FeatureLayout layout(Schema events) {
    return new FeatureLayout(events, entity, null, features);
  }

  @Override
  public PCollection<Row> expand(PCollection<?> events) {
    if (!events.hasSchema()) {
      throw new IllegalArgumentException(
          "the events need a schema, but " + events.getName() + " has none");
    }
    checkWindows(events.getWindowingStrategy());
    FeatureLayout layout = layout(events.getSchema());
    Schema schema = schema(layout);
    return summarize(events, layout)
        .apply("Lay out windows", ParDo.of(new WindowRowFn(schema)))
        .setRowSchema(schema);
  }

  private static void checkWindows(WindowingStrategy<?, ?> strategy) {
    if (!IntervalWindow.getCoder().equals(strategy.getWindowFn().windowCoder())) {
      throw new IllegalArgumentException(
          "windows with a begin and an end are needed (fixed, sliding, sessions), but the events"
              + " are in "
              + strategy.getWindowFn());
    }
    boolean firesOnce =
        strategy.getTrigger() instanceof DefaultTrigger
            && strategy.getAllowedLateness().equals(Duration.ZERO);
    if (!firesOnce && strategy.getMode() != AccumulationMode.ACCUMULATING_FIRED_PANES) {
      throw new IllegalArgumentException(
          "windows that fire more than once must hold all of their events each time: say"
              + " accumulatingFiredPanes()");
    }
  }

  private <T> PCollection<KV<Row, Row>> summarize(PCollection<T> events, FeatureLayout layout) {
    return events.apply(
        "Summarize by entity and window",
        new CombineEvents<>(
            new EventKey.OfEntity(layout),
            new FinishStates(layout, BoundedWindow.TIMESTAMP_MAX_VALUE),
            SummarizeWindows.class,
            BoundedWindow.TIMESTAMP_MAX_VALUE,
            handler));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("entity", String.join(", ", entity)).withLabel("Entity"))
        .add(
            DisplayData.item(
                    "features",
                    features.stream().map(Feature::toString).collect(Collectors.joining(", ")))
                .withLabel("Features"));
  }
}
