package org.pharos.drills.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.Counts;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.runners.direct.DirectLauncher;
import org.pharos.runners.flink.FlinkLauncher;

/**
 * The main class of a job's JVM: runs one {@link JobSpec} and tells its parent, in lines on the
 * standard output, how far it is and how it ended. Ends at once when its standard input does, as
 * when its parent has died.
 */
final class JobMain {
  private static final int TELL_MILLIS = 100;

  private JobMain() {}

  /** The file of the job to run. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = System.out;
    thread("tether", JobMain::haltWhenInputEnds).start();
    thread("telling", () -> tellPassed(out)).start();
    String end;
    try {
      end = run(JobSpec.load(Path.of(arguments[0])));
    } catch (RuntimeException e) {
      e.printStackTrace();
      end = "FAILED " + message(e);
    }
    Told.add("peakKilobytes", peakKilobytes());
    Told.counts(out);
    Told.line(out, Told.PASSED, Told.PASSING.get());
    Told.line(out, Told.END, end.replace('\n', ' '));
    // The driver's and the runner's threads have nothing to finish.
    Runtime.getRuntime().halt(0);
  }

  private static String run(JobSpec spec) {
    Voice voice = spec.runner().equals("direct") ? DirectLauncher.VOICE : FlinkLauncher.VOICE;
    // The doors alone must carry a job through: the runner starts nothing again.
    List<String> flags =
        spec.runner().equals("direct") ? List.of() : List.of("--numberOfExecutionRetries=0");
    CassandraOptions options = Arguments.parse(voice, flags, CassandraOptions.class);
    options.setJobName("drill-" + spec.table().replace('_', '-'));
    Pipeline pipeline = Pipeline.create(options);
    switch (spec.kind()) {
      case WRITE -> WriteJob.assemble(pipeline, spec);
      case WRITE_GROUPED -> WriteJob.assembleGrouped(pipeline, spec);
      case WRITE_WITH_BAD_ROWS -> WriteJob.assembleWithBadRows(pipeline, spec);
      case COUNT -> CountJob.assemble(pipeline, spec);
      case SCAN -> ReadJobs.scan(pipeline, spec);
      case LOOK_UP -> ReadJobs.lookUp(pipeline, spec);
    }
    PipelineResult result = pipeline.run();
    PipelineResult.State state = result.waitUntilFinish();
    Counts counts = Counts.of(result);
    long retries =
        counts.byName().entrySet().stream()
            .filter(counter -> counter.getKey().matches("(read|write)_retries_.*"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    Told.add("retries", retries);
    Told.add("throttledMillis", counts.get(Metrics.THROTTLE_TIME_COUNTER_NAME));
    return String.valueOf(state);
  }

  /** The innermost failure of ours, or else the innermost of all. */
  private static String message(Throwable failure) {
    Throwable told = failure;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each.getClass().getName().startsWith("org.pharos.")) {
        return String.valueOf(each.getMessage());
      }
      told = each;
    }
    return told.toString();
  }

  private static void tellPassed(PrintStream out) {
    long told = 0;
    while (true) {
      long passed = Told.PASSING.get();
      if (passed != told) {
        Told.line(out, Told.PASSED, passed);
        told = passed;
      }
      try {
        Thread.sleep(TELL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void haltWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes; only the end counts.
      }
    } catch (IOException e) {
      // The same as an end.
    }
    Runtime.getRuntime().halt(1);
  }

  /** The most memory that this process had, or the most heap where the system does not tell. */
  private static long peakKilobytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // Another system than Linux.
    }
    return Runtime.getRuntime().totalMemory() >> 10;
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
