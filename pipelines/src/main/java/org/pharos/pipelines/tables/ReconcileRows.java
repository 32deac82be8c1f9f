package org.pharos.pipelines.tables;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.LookupRows;
import org.pharos.transforms.cassandra.WriteResult;

/**
 * What {@link FollowRows} missed since it came too late: the rows of a span of time that are in the
 * followed table and whose key is not in its target, counted, and copied if that is asked for. The
 * report is two lines, {@code rows N} and {@code missing N}.
 */
public final class ReconcileRows {
  private ReconcileRows() {}

  /** The options of this pipeline. */
  public interface Options extends FollowOptions {
    @Description("Rows with this time or later, as in 2026-11-26T08:00:00Z.")
    @Validation.Required
    String getFrom();

    void setFrom(String time);

    @Description("Rows before this time, which should be past by more than the overlap.")
    @Validation.Required
    String getTo();

    void setTo(String time);

    @Description("Whether to write the rows that are missing to the target.")
    @Default.Boolean(false)
    boolean isCopy();

    void setCopy(boolean copy);

    @Description("The file to write the counts to, on a file system that Beam knows.")
    @Validation.Required
    String getReport();

    void setReport(String file);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "reconcile-follow",
            "counts the rows of a span of time that follow-table missed, and copies them if asked",
            Options.class,
            ReconcileRows::assemble)
        .checking(
            options -> {
              FollowedTable.check(options);
              checkSpan("from", options.getFrom(), "to", options.getTo());
            })
        .describing(FollowedTable::names);
  }

  /**
   * @throws BadOption if the second time is not after the first one
   */
  static void checkSpan(String from, String first, String to, String second) {
    Instant begin = FollowedTable.time(from, first);
    if (!begin.isBefore(FollowedTable.time(to, second))) {
      throw new BadOption(to, second, "a time after --" + from + " is allowed");
    }
  }

  public static void assemble(Pipeline pipeline, Options options) {
    Instant from = FollowedTable.time("from", options.getFrom());
    Instant to = FollowedTable.time("to", options.getTo());
    Table target = FollowedTable.target(options);
    PCollection<Row> rows =
        pipeline.apply("Read span", FollowedTable.follow(options).between(from, to));
    PCollection<Row> missing =
        rows.apply(
                "Look up",
                LookupRows.of(target)
                    .from(Connections.from(options))
                    .withColumns(target.partitionKey().get(0).name()))
            .missing();
    if (options.isCopy()) {
      WriteResult ignored = missing.apply("Write missing", FollowedTable.write(options));
    }
    PCollectionList.of(count("rows", rows))
        .and(count("missing", missing))
        .apply("Together", Flatten.pCollections())
        .apply("Write report", TextIO.write().to(options.getReport()).withoutSharding());
  }

  private static PCollection<String> count(String name, PCollection<Row> rows) {
    return rows.apply("Count " + name, Count.globally())
        .apply(
            "Tell " + name,
            MapElements.into(TypeDescriptors.strings()).via(count -> name + " " + count));
  }
}
