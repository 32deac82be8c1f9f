package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.Panes;
import org.pharos.pipelines.TimeSpan;
import org.pharos.pipelines.events.EventOptions;
import org.pharos.pipelines.events.TimedEventOptions;
import org.pharos.pipelines.events.TimedEvents;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.DistinctEvents;
import org.pharos.transforms.features.RunningFeatures;
import org.pharos.transforms.features.TiledFeatures;
import org.pharos.transforms.features.WriteFeatures;

/**
 * Events from Kafka into the features that a file defines, whenever they change: into the view's
 * history, and of each entity the newest into its online table. The same file and events give the
 * same features here and in {@link BuildFeatures}.
 */
public final class StreamFeatures {
  private StreamFeatures() {}

  /** The options of this pipeline. */
  public interface Options extends TimedEventOptions, ViewOptions {
    @Description("The file, in YAML, that defines the view: its events, entity and features.")
    @Validation.Required
    String getDefinition();

    void setDefinition(String file);

    @Description(
        "Features are stated at multiples of this, such as 5m; windows are multiples as well.")
    @Default.String("1h")
    String getEvery();

    void setEvery(String span);

    @Description(
        "A time in ISO-8601, a multiple of --every, until when events are read from the"
            + " definition's table; all of them must be in it. Those of the topics until then are"
            + " not looked at. Default: all events are in the topics.")
    @Nullable String getEventsUntil();

    void setEventsUntil(@Nullable String time);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "stream-features",
            "events from Kafka into the features that a file defines, whenever they change",
            Options.class,
            StreamFeatures::assemble)
        .checking(StreamFeatures::check)
        .describing(options -> List.of(DefinitionFile.read(options.getDefinition()).events()))
        .writing(StreamFeatures::tables)
        .streaming();
  }

  private static void check(Options options) {
    TimedEvents.check(options);
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    Duration every = every(options);
    assert definition != null && every != null;
    var ignored = eventsUntil(options);
  }

  /** Until when events come from the table; null if none do. */
  static @Nullable Instant eventsUntil(Options options) {
    Duration every = every(options);
    String time = options.getEventsUntil();
    if (time == null) {
      return null;
    }
    List<Instant> times = AsOfTimes.of("eventsUntil", time);
    if (times.size() != 1 || Math.floorMod(times.get(0).getMillis(), every.getMillis()) != 0) {
      throw new BadOption("eventsUntil", time, "one time that is a multiple of --every is allowed");
    }
    return times.get(0);
  }

  private static Duration every(Options options) {
    Duration every = TimeSpan.of("every", options.getEvery());
    if (every.getMillis() < 1) {
      throw new BadOption("every", options.getEvery(), "1ms or more is allowed");
    }
    return every;
  }

  private static List<Table> tables(Options options) {
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    FeatureView view = definition.view(definition.describedEvents(options).rowSchema());
    List<Table> tables = new ArrayList<>(EventOptions.deadLetterTables(options));
    tables.addAll(ViewOptions.registry(options));
    tables.add(FeatureTables.history(options.getKeyspace(), view));
    tables.add(FeatureTables.online(options.getKeyspace(), view));
    return tables;
  }

  public static void assemble(Pipeline pipeline, Options options) {
    ViewDefinition definition = DefinitionFile.read(options.getDefinition());
    Table events = definition.describedEvents(options);
    ViewOptions.register(pipeline, options, definition.view(events.rowSchema()));
    TimedEvents.of(events, definition.time())
        .read(
            pipeline,
            options,
            (timed, handler) -> state(timed, events, definition, options, handler));
  }

  private static void state(
      PCollection<Row> timed,
      Table events,
      ViewDefinition definition,
      Options options,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    Duration every = every(options);
    Duration lateness = TimeSpan.of("allowedLateness", options.getAllowedLateness());
    TiledFeatures tiled = definition.tiled(timed.getSchema(), every);
    RunningFeatures running = tiled.running().withAllowedLateness(lateness);
    Instant until = eventsUntil(options);
    if (until != null) {
      running =
          running.startingWith(earlier(timed.getPipeline(), events, definition, options), until);
    }
    // An event is taken until its tile's end is the lateness behind.
    DistinctEvents distinct = DistinctEvents.by(events).within(lateness.plus(every));
    var ignored =
        timed
            .apply(
                "Each event once", handler == null ? distinct : distinct.withErrorHandler(handler))
            .apply("State features", handler == null ? running : running.withErrorHandler(handler))
            .apply("Count by minutes", Panes.everyMinute())
            .apply(
                "Write features",
                WriteFeatures.of(definition.view(events.rowSchema()))
                    .in(options.getKeyspace())
                    .to(Connections.from(options))
                    .withCorrections(every));
  }

  /** Tiles of what the table of events has. */
  private static PCollection<Row> earlier(
      Pipeline pipeline, Table events, ViewDefinition definition, Options options) {
    List<String> columns = definition.columns();
    return pipeline
        .apply(
            "Read earlier events",
            ReadTable.of(events)
                .from(Connections.from(options))
                .withColumns(columns.toArray(new String[0])))
        // So that tiles hold the watermark back until they are there.
        .apply(
            "Keep earliest times",
            Window.<Row>configure().withTimestampCombiner(TimestampCombiner.EARLIEST))
        .apply(
            "Tile earlier events",
            definition.tiled(events.rowSchema(columns), every(options)).tiles());
  }
}
