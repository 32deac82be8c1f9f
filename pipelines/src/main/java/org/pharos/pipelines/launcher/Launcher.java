package org.pharos.pipelines.launcher;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.CatalogedPipeline;
import org.pharos.pipelines.jobs.Arguments;
import org.pharos.pipelines.jobs.Job;
import org.pharos.pipelines.jobs.JobFailed;
import org.pharos.pipelines.jobs.Submission;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.quickstart.Quickstart;
import org.pharos.transforms.cassandra.CassandraFailure;

/**
 * The command line of this project on one runner: {@code list}, {@code run NAME}, {@code
 * quickstart}. Gives the exit code: 0 done, 1 the job failed, 2 bad arguments.
 */
public final class Launcher {
  /** Exit code: done. */
  public static final int DONE = 0;

  /** Exit code: the job, or what it needs, failed. */
  public static final int FAILED = 1;

  /** Exit code: the arguments cannot be; nothing was started. */
  public static final int BAD_ARGUMENTS = 2;

  private final Voice voice;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * A launcher on a runner.
   *
   * @param out for what people read
   * @param err for what went wrong
   * @param terminal whether {@code out} is one, so that lines can be written over
   */
  public Launcher(Voice voice, PrintStream out, PrintStream err, boolean terminal) {
    this.voice = voice;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** A launcher on this process's streams; the launcher script says whether they are a terminal. */
  public static Launcher on(Voice voice) {
    Logging.configure();
    return new Launcher(voice, System.out, System.err, Boolean.getBoolean("pharos.terminal"));
  }

  /** Does what the arguments say and returns the exit code. */
  public int run(String... arguments) {
    try {
      return run(List.of(arguments));
    } catch (BadOption e) {
      err.println("pharos: " + e.getMessage());
      return BAD_ARGUMENTS;
    } catch (JobFailed | CassandraFailure e) {
      err.println("pharos: " + e.getMessage());
      if (Boolean.getBoolean("pharos.stackTraces")) {
        e.printStackTrace(err);
      }
      return FAILED;
    }
  }

  private int run(List<String> arguments) {
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
    switch (command) {
      case "list" -> list();
      case "run" -> runNamed(rest);
      case "quickstart" -> new Quickstart(voice, out, terminal).run(rest);
      default ->
          throw new BadOption(
              (command.isEmpty() ? "no command" : "there is no command \"" + command + "\"")
                  + "; there are list, run NAME and quickstart");
    }
    return DONE;
  }

  private void list() {
    for (CatalogedPipeline<?> pipeline : Catalog.pipelines()) {
      out.println(String.format(Locale.ROOT, "%-28s %s", pipeline.name(), pipeline.summary()));
    }
  }

  private void runNamed(List<String> arguments) {
    if (arguments.isEmpty() || arguments.get(0).startsWith("--")) {
      throw new BadOption("run takes the name of a pipeline first; `list` lists them");
    }
    CatalogedPipeline<?> pipeline = Catalog.named(arguments.get(0));
    List<String> flags = arguments.subList(1, arguments.size());
    if (flags.contains("--help")) {
      help(pipeline);
    } else {
      run(pipeline, flags);
    }
  }

  private void run(CatalogedPipeline<?> cataloged, List<String> flags) {
    Voice speaking = cataloged.streams() ? voice.forStreams() : voice;
    if (!speaking.note().isEmpty()) {
      out.println(cataloged.name() + ": " + speaking.note());
    }
    Job.Done done = new Submission(speaking, out, terminal).run(cataloged, flags);
    out.println(
        done.left().isEmpty()
            ? String.format(
                Locale.ROOT, "%s: done in %.1f s%s", cataloged.name(), done.seconds(), told(done))
            : cataloged.name() + ": left to the cluster: " + done.left());
    if (!done.fault().isEmpty()) {
      throw new JobFailed(cataloged.name() + ": " + done.fault(), null);
    }
  }

  private static String told(Job.Done done) {
    StringBuilder told = new StringBuilder();
    done.counts()
        .byName()
        .forEach(
            (name, count) -> told.append(String.format(Locale.ROOT, "%n  %-24s %,d", name, count)));
    return told.toString();
  }

  private void help(CatalogedPipeline<?> pipeline) {
    out.println(pipeline.name() + ": " + pipeline.summary());
    for (Method getter : Arguments.documented(pipeline.options())) {
      out.println(
          String.format(
              Locale.ROOT,
              "  --%-26s %s",
              Arguments.option(getter),
              Arguments.description(getter)));
    }
  }
}
