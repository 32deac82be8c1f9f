package org.pharos.pipelines.events;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.features.SummarizeWindows;

/**
 * Events from Kafka, summarized by key and window, into a table that shows the newest result of
 * each window, in whatever order and however often events come and windows fire.
 */
public final class AggregateEvents {
  private AggregateEvents() {}

  /** The options of this pipeline. */
  public interface Options extends TimedEventOptions {
    @Description(
        "The table of the keyspace whose columns say what events look like; it is not written.")
    @Validation.Required
    String getEvents();

    void setEvents(String table);

    @Description("The table of the keyspace to write: one row a key and window.")
    @Validation.Required
    String getTarget();

    void setTarget(String table);

    @Description("The columns that events are summarized by, with commas between them.")
    @Validation.Required
    List<String> getBy();

    void setBy(List<String> columns);

    @Description(
        "What is told of a window, such as count,sum(price),distinct(visitor): count, recency_days,"
            + " recency_hours, and of a COLUMN count, sum, mean, min, max, variance, deviation,"
            + " trend, distinct (approximate), count_distinct, most_frequent.")
    @Validation.Required
    List<String> getAggregates();

    void setAggregates(List<String> aggregates);

    @Description("tumbling:10m, sliding:1h/10m (an hour, one each ten minutes) or session:30m.")
    @Validation.Required
    String getWindow();

    void setWindow(String window);

    @Description(
        "The column, a timestamp, that says when an event happened. By default it is the time of"
            + " the message.")
    @Nullable String getTimeColumn();

    void setTimeColumn(@Nullable String column);

    @Description("How often results of windows that are still open are written; never by default.")
    @Default.String("")
    String getEarly();

    void setEarly(String span);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "aggregate-events",
            "events from Kafka, summarized by key and window, into a table of the newest results",
            Options.class,
            AggregateEvents::assemble)
        .checking(AggregateEvents::check)
        .describing(options -> List.of(options.getEvents()))
        .writing(AggregateEvents::tables)
        .streaming();
  }

  private static void check(Options options) {
    TimedEvents.check(options);
    SummarizeWindows summary = Aggregates.of(options.getBy(), options.getAggregates());
    assert summary != null;
    var windows =
        EventWindows.of(options.getWindow(), options.getAllowedLateness(), options.getEarly());
    assert windows != null;
    if (options.getTarget().equals(options.getEvents())
        || options.getTarget().equals(options.getDeadLetterTable())) {
      throw new BadOption("target", options.getTarget(), "another table is allowed");
    }
  }

  public static void assemble(Pipeline pipeline, Options options) {
    Table events = DescribedTables.named(options, options.getEvents());
    String column = options.getTimeColumn();
    if (column != null
        && events.find(column).filter(found -> found.type() == CqlType.TIMESTAMP).isEmpty()) {
      throw new BadOption(
          "timeColumn",
          column,
          "a column of " + options.getEvents() + " of type timestamp is allowed");
    }
    TimedEvents.of(events, column)
        .read(pipeline, options, (timed, handler) -> summarize(timed, options, handler));
  }

  private static void summarize(
      PCollection<Row> events, Options options, @Nullable ErrorHandler<BadRecord, ?> handler) {
    SummarizeWindows summary = Aggregates.of(options.getBy(), options.getAggregates());
    WriteResult ignored =
        events
            .apply(
                "Into windows",
                EventWindows.of(
                    options.getWindow(), options.getAllowedLateness(), options.getEarly()))
            .apply("Summarize", handler == null ? summary : summary.withErrorHandler(handler))
            .apply(
                "Newest results",
                WriteWindows.into(
                    target(options, summary),
                    Connections.from(options),
                    EventWindows.merge(options.getWindow())));
  }

  private static List<Table> tables(Options options) {
    List<Table> tables = new ArrayList<>(DeadLetters.tables(options));
    tables.add(target(options, Aggregates.of(options.getBy(), options.getAggregates())));
    return tables;
  }

  private static Table target(Options options, SummarizeWindows summary) {
    Table events = DescribedTables.named(options, options.getEvents());
    try {
      return FeatureTables.history(
          options.getKeyspace(),
          options.getTarget(),
          summary.schema(JsonRows.of(events).schema()),
          summary.entity(),
          SummarizeWindows.WINDOW_START);
    } catch (IllegalArgumentException e) {
      throw new BadOption(
          "aggregates", String.join(",", options.getAggregates()), String.valueOf(e.getMessage()));
    }
  }
}
