package org.pharos.pipelines.tables;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.TargetOptions;
import org.pharos.pipelines.TwoTables;
import org.pharos.transforms.cassandra.CopyCounts;
import org.pharos.transforms.cassandra.CopyRows;

/**
 * A table copied to another, on the same cluster or another one, with write times and times to
 * live; {@link FindDifferences} proves that it is all there. What is kept and what cannot be,
 * {@link CopyRows} says.
 */
public final class CopyTable {
  private CopyTable() {}

  /** The options of this pipeline. */
  public interface Options extends TargetOptions {
    @Description(
        "A name for the copy: a later run of the same name copies only what is not done yet."
            + " Default: no progress is kept.")
    @Nullable String getResumeAs();

    void setResumeAs(@Nullable String name);
  }

  /** This pipeline in the catalog. */
  public static CatalogedPipeline<Options> cataloged() {
    return CatalogedPipeline.of(
            "copy-table",
            "a table into another one or another cluster, with write times and times to live",
            Options.class,
            CopyTable::assemble)
        .checking(CopyTable::check)
        .describing(options -> List.of(options.getTable()));
  }

  private static void check(Options options) {
    TwoTables.check(options);
    String name = options.getResumeAs();
    if (name != null && !name.matches("[\\w.-]{1,100}")) {
      throw new BadOption("resumeAs", name, "takes 1 to 100 letters, digits and _ . -");
    }
  }

  public static void assemble(Pipeline pipeline, Options options) {
    CopyRows copy =
        CopyRows.between(TwoTables.source(options), TwoTables.target(options))
            .from(Connections.from(options))
            .to(Connections.target(options));
    if (options.isOnlyCommonColumns()) {
      copy = copy.onlyCommonColumns();
    }
    if (options.getRanges() > 0) {
      copy = copy.withParallelism((options.getRanges() + 1) / 2);
    }
    if (options.getResumeAs() != null) {
      copy = copy.resumableAs(options.getResumeAs());
    }
    PCollection<CopyCounts> ignored = pipeline.apply("Copy " + options.getTable(), copy);
  }
}
