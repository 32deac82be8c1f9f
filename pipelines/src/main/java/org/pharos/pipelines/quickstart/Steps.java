package org.pharos.pipelines.quickstart;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pharos.pipelines.CassandraOptions;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.Job;
import org.pharos.pipelines.jobs.Submission;
import org.pharos.pipelines.jobs.Voice;

/** Runs pipelines one after the other and keeps what each did. */
final class Steps {
  private final Voice voice;
  private final PrintStream out;
  private final boolean terminal;
  private final List<String> flags;
  private final long start;
  private final List<Step> done = new ArrayList<>();

  /**
   * None run yet.
   *
   * @param flags that each pipeline gets
   * @param start when all of it began, by the nano clock
   */
  Steps(Voice voice, PrintStream out, boolean terminal, List<String> flags, long start) {
    this.voice = voice;
    this.out = out;
    this.terminal = terminal;
    this.flags = flags;
    this.start = start;
    done.add(new Step("start Cassandra", seconds(), 0, 0));
  }

  <O extends CassandraOptions> void run(CatalogedPipeline<O> pipeline, String... more) {
    List<String> all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    Job.Done job = new Submission(voice, out, terminal).run(pipeline, all);
    Step step =
        new Step(
            pipeline.name(),
            job.seconds(),
            job.counts().get("rows_read"),
            job.counts().get("rows_written"));
    done.add(step);
    out.println(
        String.format(
            Locale.ROOT,
            "  %-28s %,9d rows  %7.1f s  %,9.0f rows/s",
            step.name(),
            step.rows(),
            step.seconds(),
            step.rowsPerSecond()));
  }

  /** What was run, in order, after the start of the cluster. */
  List<Step> done() {
    return List.copyOf(done);
  }

  /** What each pipeline gets, as the options of any. */
  CassandraOptions options() {
    return Arguments.parse(voice, flags, CassandraOptions.class);
  }

  /** How many rows a step has written. */
  long written(String name) {
    return done.stream().filter(step -> step.name().equals(name)).mapToLong(Step::written).sum();
  }

  String runner() {
    return voice.name();
  }

  /** Since all of it began. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
