package org.pharos.pipelines.tables;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.TargetOptions;
import org.pharos.pipelines.TwoTables;
import org.pharos.transforms.cassandra.CompareTables;

/**
 * Two tables compared row by row, on one cluster or two. The table is the left one, the target the
 * right one; how many rows are equal, differ or are missing is told at the end, and which, if asked
 * for, in a file of JSON objects, one a line: {@code {"kind":"missing right","key":{"id":7},
 * "columns":[]}}. A job that found a difference ends as one that failed, unless told otherwise.
 */
public final class FindDifferences {
  private static final int NOT_COMPARED = -1;

  private FindDifferences() {}

  /** The options of this pipeline. */
  public interface Options extends TargetOptions {
    @Description("The file to write differences to, on a file system that Beam knows.")
    @Nullable String getDifferences();

    void setDifferences(@Nullable String file);

    @Description("How far write times may lie apart, in milliseconds; -1: they are not compared.")
    @Default.Integer(NOT_COMPARED)
    int getWriteTimesWithinMillis();

    void setWriteTimesWithinMillis(int millis);

    @Description(
        "How far expiries may lie apart, in seconds, 2 or more; -1: they are not compared.")
    @Default.Integer(NOT_COMPARED)
    int getExpiryWithinSeconds();

    void setExpiryWithinSeconds(int seconds);

    @Description("Whether to end with exit code 1 where the tables are not equal.")
    @Default.Boolean(true)
    boolean isFailOnDifference();

    void setFailOnDifference(boolean fail);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "compare-tables",
            "how the rows of two tables differ, also on two clusters",
            Options.class,
            FindDifferences::assemble)
        .checking(FindDifferences::check)
        .describing(options -> List.of(options.getTable()))
        .judging(FindDifferences::verdict);
  }

  private static void check(Options options) {
    TwoTables.check(options);
    if (options.isCreateTables()) {
      throw new BadOption("createTables", "true", "nothing is created to be compared");
    }
    if (options.getWriteTimesWithinMillis() < NOT_COMPARED) {
      throw new BadOption(
          "writeTimesWithinMillis",
          "" + options.getWriteTimesWithinMillis(),
          "0 or more is allowed, or -1 not to compare them");
    }
    int seconds = options.getExpiryWithinSeconds();
    if (seconds != NOT_COMPARED && seconds < 2) {
      throw new BadOption(
          "expiryWithinSeconds", "" + seconds, "2 or more is allowed, or -1 not to compare it");
    }
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CompareTables.Result compared =
        pipeline.apply("Compare " + options.getTable(), comparison(options));
    if (options.getDifferences() != null) {
      compared
          .differences()
          .apply(
              "Format differences",
              MapElements.into(TypeDescriptors.strings())
                  .via(difference -> RowText.of(difference).toString()))
          .apply(
              "Write differences", TextIO.write().to(options.getDifferences()).withoutSharding());
    }
  }

  private static CompareTables comparison(Options options) {
    CompareTables comparison =
        CompareTables.between(TwoTables.source(options), TwoTables.target(options))
            .from(Connections.from(options))
            .rightFrom(Connections.target(options));
    if (options.isOnlyCommonColumns()) {
      comparison = comparison.onlyCommonColumns();
    }
    if (options.getRanges() > 0) {
      comparison = comparison.withParallelism((options.getRanges() + 1) / 2);
    }
    if (options.getWriteTimesWithinMillis() != NOT_COMPARED) {
      comparison = comparison.withWriteTimes(Duration.millis(options.getWriteTimesWithinMillis()));
    }
    if (options.getExpiryWithinSeconds() != NOT_COMPARED) {
      comparison =
          comparison.withTimesToLive(Duration.standardSeconds(options.getExpiryWithinSeconds()));
    }
    return comparison;
  }

  private static String verdict(Options options, Map<String, Long> counts) {
    long differing = counts.getOrDefault("rows_differing", 0L);
    long left = counts.getOrDefault("rows_missing_left", 0L);
    long right = counts.getOrDefault("rows_missing_right", 0L);
    if (!options.isFailOnDifference() || differing + left + right == 0) {
      return "";
    }
    TwoTables names = TwoTables.of(options);
    return String.format(
        Locale.ROOT,
        "%s.%s and %s.%s are not equal: %,d rows differ, %,d are missing in the first and %,d in"
            + " the second",
        names.keyspace(),
        names.table(),
        names.targetKeyspace(),
        names.targetTable(),
        differing,
        left,
        right);
  }
}
