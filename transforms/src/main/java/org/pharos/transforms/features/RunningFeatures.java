package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.errors.BadRecords;
import org.pharos.transforms.errors.Rejection;

/**
 * Events of a stream in; out a row of an entity's features whenever they change: when a tile with
 * events of it ends, and when such a tile leaves a window. So the newest row of each entity is what
 * {@link SummarizeEvents} would give of all of its events for now (but for {@link Recency} and
 * {@link Trend}, which go on without events: theirs are as of the row's time).
 *
 * <pre>{@code
 * events
 *     .apply(spending.running().withAllowedLateness(Duration.standardDays(2)))
 *     .apply(WriteFeatures.of(view).in("shop").to(connection).withCorrections(HOUR));
 * }</pre>
 *
 * <p>A row is stated when the watermark passes its time. An event that comes later corrects it:
 * each row that the event changes comes out again, with the same {@link SummarizeEvents#AS_OF}; the
 * one that came out last is right. So whatever the order of the events, what came out last for each
 * time is what a batch over the same events gives. An event whose tile ended longer ago than {@link
 * #withAllowedLateness}, seen from its entity's last row, is set aside.
 *
 * <p>Every event counts, also one that comes twice: see {@link DistinctEvents}. Events must be in
 * the global window. Rows come in no order, with a trigger that lets each pass at once.
 *
 * <p>The state of an entity are its tiles, as many as the longest bounded window and the lateness
 * have with events in them; with {@link Trailing#all()} one more, of all before, and that stays for
 * good. A job that starts without state knows nothing of events from before: show it the events of
 * the longest window first, or give it the tiles of a batch by {@link #startingWith}. Nothing is
 * stated as of a time that the clock has not reached, so a job that is drained does not pretend
 * that time went on.
 */
public final class RunningFeatures extends PTransform<PCollection<?>, PCollection<Row>> {

  private static final Duration DEFAULT_LATENESS = Duration.standardDays(1);
  private static final TupleTag<KV<Row, Row>> KEYED = new TupleTag<>() {};
  private static final TupleTag<BadRecord> BAD = new TupleTag<>() {};
  private static final long serialVersionUID = 1L;

  private final TiledFeatures definition;
  private final Duration lateness;
  // Needed while the graph is built; a handler or a collection does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;
  private final transient @Nullable PCollection<Row> tiles;
  private final @Nullable Instant start;

  private RunningFeatures(
      TiledFeatures definition,
      Duration lateness,
      @Nullable ErrorHandler<BadRecord, ?> handler,
      @Nullable PCollection<Row> tiles,
      @Nullable Instant start) {
    this.definition = definition;
    this.lateness = lateness;
    this.handler = handler;
    this.tiles = tiles;
    this.start = start;
  }

  static RunningFeatures of(TiledFeatures definition) {
    return new RunningFeatures(definition, DEFAULT_LATENESS, null, null, null);
  }

  /**
   * Starts with what was until a time: the tiles of earlier events, such as {@link
   * TiledFeatures#tiles} of a table gives them. Events of until then are taken to be in the tiles:
   * they are not looked at, but counted in the metric {@code events_before_start}, so a stream may
   * begin earlier than that. Only rows of later times come out. Default: starts with nothing.
   *
   * <p>Nothing is stated before the tiles are there, for their elements hold the watermark back: a
   * timestamp of theirs that is later than the start fails the job. Rows that are read have none,
   * but a grouping gives them its window's end, unless what it groups went through {@code
   * Window.configure().withTimestampCombiner(TimestampCombiner.EARLIEST)}.
   *
   * @param tiles bounded rows of {@link TiledFeatures#tileSchema}, which may have more columns;
   *     each tile once. Those that end later are not looked at
   * @param until when a tile ends, and all of its events are known
   * @throws IllegalArgumentException if no tile ends then
   */
  public RunningFeatures startingWith(PCollection<Row> tiles, Instant until) {
    definition.checkEnd(until);
    return new RunningFeatures(
        definition, lateness, handler, Objects.requireNonNull(tiles, "tiles"), until);
  }

  /**
   * How late an event may come and still correct what was stated. Default: 1 day.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public RunningFeatures withAllowedLateness(Duration lateness) {
    if (lateness.isShorterThan(Duration.ZERO)) {
      throw new IllegalArgumentException("a lateness is not negative: " + lateness);
    }
    return new RunningFeatures(definition, lateness, handler, tiles, start);
  }

  /**
   * Sets events aside that have no entity or no time, or come too late. Default: an event without
   * entity or time fails the job, and one that is too late is dropped and counted in the metric
   * {@code events_too_late}.
   */
  public RunningFeatures withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new RunningFeatures(
        definition, lateness, Objects.requireNonNull(handler, "handler"), tiles, start);
  }

  /** The schema of the features. */
  public Schema schema() {
    return definition.featureLayout().features();
  }

  @Override
  public PCollection<Row> expand(PCollection<?> events) {
    definition.checkEvents(events);
    if (!(events.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)) {
      throw new IllegalArgumentException(
          "running features have windows of their own: put the events into the global window, not "
              + events.getWindowingStrategy().getWindowFn());
    }
    FeatureLayout layout = definition.stateLayout();
    EventOrTile either = new EventOrTile(events.getSchema(), layout.states());
    KvCoder<Row, Row> coder =
        KvCoder.of(RowCoder.of(layout.entity()), RowCoder.of(either.schema()));
    PCollectionTuple keyed =
        rows(events)
            .apply(
                "Key by entity",
                ParDo.of(new KeyByEntityFn(layout, events.getSchema(), handler != null))
                    .withOutputTags(KEYED, TupleTagList.of(BAD)));
    PCollectionTuple stated =
        withTiles(keyed.get(KEYED).setCoder(coder), events.getSchema())
            .setCoder(coder)
            .apply(
                "State what changes",
                ParDo.of(new RunningFn(definition, lateness, start, handler != null))
                    .withOutputTags(RunningFn.STATED, TupleTagList.of(RunningFn.LATE)));
    setAside(keyed.get(BAD), stated.get(RunningFn.LATE));
    PCollection<Row> features = stated.get(RunningFn.STATED).setRowSchema(schema());
    return features.isBounded() == IsBounded.BOUNDED
        ? features
        : features.apply("Let each pass", each());
  }

  private static <T> PCollection<Row> rows(PCollection<T> events) {
    return events.apply("Read events as rows", Convert.toRows());
  }

  private PCollection<KV<Row, Row>> withTiles(PCollection<KV<Row, Row>> keyed, Schema events) {
    PCollection<Row> earlier = tiles;
    Instant until = start;
    if (earlier == null || until == null) {
      return keyed;
    }
    Schema read = earlier.getSchema();
    definition.checkTiles(read);
    return PCollectionList.of(keyed)
        .and(
            earlier
                .apply("Key tiles until then", ParDo.of(new TilesUntilFn(definition, read, until)))
                .setCoder(
                    KvCoder.of(RowCoder.of(definition.stateLayout().entity()), RowCoder.of(read)))
                .apply("Take their states", ParDo.of(new StatesFn(definition, events, read)))
                .setCoder(keyed.getCoder()))
        .apply("Begin with tiles", Flatten.pCollections());
  }

  private void setAside(PCollection<BadRecord> misplaced, PCollection<BadRecord> late) {
    Coder<BadRecord> coder = BadRecord.getCoder(misplaced.getPipeline());
    PCollection<BadRecord> bad =
        PCollectionList.of(misplaced.setCoder(coder))
            .and(late.setCoder(coder))
            .apply("Misplaced and late", Flatten.pCollections());
    if (handler != null) {
      BadRecords.send(bad, handler);
    }
  }

  private static Window<Row> each() {
    return Window.<Row>into(new GlobalWindows())
        .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("features", definition.toString()).withLabel("Features"))
        .add(DisplayData.item("allowedLateness", lateness).withLabel("Allowed lateness"))
        .addIfNotNull(DisplayData.item("startingAt", start).withLabel("Starting at"));
  }

  /** Events by the key of their entity. */
  private static final class KeyByEntityFn extends DoFn<Row, KV<Row, Row>> {
    private static final long serialVersionUID = 1L;

    private final FeatureLayout layout;
    private final EventOrTile either;
    private final boolean setsAside;

    KeyByEntityFn(FeatureLayout layout, Schema events, boolean setsAside) {
      this.layout = layout;
      this.either = new EventOrTile(events, layout.states());
      this.setsAside = setsAside;
    }

    @ProcessElement
    public void process(@Element Row event, MultiOutputReceiver out) {
      Rejection misplaced = layout.misplaced(event, RunningFeatures.class.getSimpleName());
      if (misplaced == null) {
        out.get(KEYED).output(KV.of(layout.entity(event), either.ofEvent(event)));
        return;
      }
      IllegalArgumentException cause = new IllegalArgumentException(misplaced.detail());
      if (!setsAside) {
        throw cause;
      }
      out.get(BAD).output(misplaced.badRecord(event, cause));
    }
  }

  /** Tiles as a table has them, as states of their entity. */
  private static final class StatesFn extends DoFn<KV<Row, Row>, KV<Row, Row>> {
    private static final long serialVersionUID = 1L;

    private final Schema states;
    private final EventOrTile either;
    private final int[] stored;
    private final int end;

    StatesFn(TiledFeatures definition, Schema events, Schema tiles) {
      this.states = definition.stateLayout().states();
      this.either = new EventOrTile(events, states);
      this.stored = states.getFieldNames().stream().mapToInt(tiles::indexOf).toArray();
      this.end = tiles.indexOf(TiledFeatures.TILE_END);
    }

    @ProcessElement
    public void process(@Element KV<Row, Row> tile, OutputReceiver<KV<Row, Row>> out) {
      List<@Nullable Object> values = new ArrayList<>(stored.length);
      for (int field : stored) {
        values.add(tile.getValue().getValue(field));
      }
      ReadableInstant at = (ReadableInstant) Objects.requireNonNull(tile.getValue().getValue(end));
      out.output(
          KV.of(
              tile.getKey(),
              either.ofTile(at.getMillis(), Row.withSchema(states).attachValues(values))));
    }
  }
}
