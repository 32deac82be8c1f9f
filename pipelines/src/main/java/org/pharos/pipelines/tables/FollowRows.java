package org.pharos.pipelines.tables;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Panes;
import org.pharos.transforms.cassandra.FollowTable;
import org.pharos.transforms.cassandra.WriteResult;

/**
 * The rows of a table, as others write them, into another table: a change feed by polling, without
 * end unless it is said. See {@link FollowTable} for which rows, and what comes too late; {@link
 * ReconcileRows} finds those.
 */
public final class FollowRows {
  private FollowRows() {}

  /** The options of this pipeline. */
  public interface Options extends FollowOptions {
    @Description(
        "Rows with this time or later, as in 2026-11-26T08:00:00Z; from now on by default.")
    @Default.String("")
    String getSince();

    void setSince(String time);

    @Description("Rows before this time, then the job ends; without end by default.")
    @Default.String("")
    String getUntil();

    void setUntil(String time);

    @Description("How often the table is asked, in seconds.")
    @Default.Integer(1)
    int getPollSeconds();

    void setPollSeconds(int seconds);

    @Description("How many seconds after its time a row may be written; later ones are missed.")
    @Default.Integer(10)
    int getOverlapSeconds();

    void setOverlapSeconds(int seconds);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "follow-table",
            "the rows that others write to a table, into another table, as they come",
            Options.class,
            FollowRows::assemble)
        .checking(FollowRows::check)
        .describing(FollowedTable::names)
        .streaming();
  }

  private static void check(Options options) {
    FollowedTable.check(options);
    if (options.getPollSeconds() < 1 || options.getPollSeconds() > 3600) {
      throw new BadOption("pollSeconds", "" + options.getPollSeconds(), "1 to 3600 are allowed");
    }
    if (options.getOverlapSeconds() < 1 || options.getOverlapSeconds() > 7 * 24 * 3600) {
      throw new BadOption(
          "overlapSeconds", "" + options.getOverlapSeconds(), "1 to 604800 are allowed");
    }
    if (!options.getSince().isEmpty() && !options.getUntil().isEmpty()) {
      ReconcileRows.checkSpan("since", options.getSince(), "until", options.getUntil());
    }
  }

  public static void assemble(Pipeline pipeline, Options options) {
    PCollection<Row> rows = pipeline.apply("Follow", follow(options));
    WriteResult ignored =
        rows.apply("Count by minutes", Panes.everyMinute())
            .apply("Write", FollowedTable.write(options));
  }

  private static FollowTable follow(Options options) {
    FollowTable follow =
        FollowedTable.follow(options)
            .withPollInterval(Duration.standardSeconds(options.getPollSeconds()))
            .withOverlap(Duration.standardSeconds(options.getOverlapSeconds()));
    follow =
        options.getSince().isEmpty()
            ? follow
            : follow.since(FollowedTable.time("since", options.getSince()));
    return options.getUntil().isEmpty()
        ? follow
        : follow.until(FollowedTable.time("until", options.getUntil()));
  }
}
