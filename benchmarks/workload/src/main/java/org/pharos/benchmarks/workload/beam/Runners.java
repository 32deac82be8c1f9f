package org.pharos.benchmarks.workload.beam;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.pharos.benchmarks.workload.Task;

/** The runners that peers on Beam work on. */
public final class Runners {
  /** As our own launcher sets it, for every peer alike. */
  private static final List<String> FLINK =
      List.of(
          "--runner=FlinkRunner",
          "--flinkMaster=[local]",
          "--parallelism=" + Task.PARALLELISM,
          "--objectReuse=true",
          "--fasterCopy=true");

  /** With its default checks. */
  private static final List<String> DIRECT = List.of("--runner=DirectRunner");

  private Runners() {}

  /** An empty pipeline for the task's runner. */
  public static Pipeline pipeline(Task task) {
    List<String> arguments = task.runner().equals("direct") ? DIRECT : FLINK;
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).create());
  }
}
