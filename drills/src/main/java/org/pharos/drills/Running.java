package org.pharos.drills;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobProcess;

/** A job that runs, shown while somebody waits for it. */
final class Running {
  private static final long POLL_MILLIS = 100;
  private static final long TERMINAL_MILLIS = 250;
  private static final long LOG_MILLIS = 10_000;

  private final JobProcess job;
  private final String title;
  private final PrintStream out;
  private final boolean terminal;
  private long lastShown = System.nanoTime();

  Running(JobProcess job, String title, PrintStream out, boolean terminal) {
    this.job = job;
    this.title = title;
    this.out = out;
    this.terminal = terminal;
  }

  /** Returns when so many rows have passed, or the job has ended. */
  void awaitPassed(long rows) {
    while (job.passed() < rows && !job.waitFor(POLL_MILLIS)) {
      show();
    }
  }

  /** Returns after this time, or when the job has ended. */
  void awaitTime(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0 && !job.waitFor(POLL_MILLIS)) {
      show();
    }
  }

  /** How many rows have passed. */
  long passed() {
    return job.passed();
  }

  /** Whether it has not ended yet. */
  boolean isRunning() {
    return job.isRunning();
  }

  /** Says that something happens to it now. */
  void say(String event) {
    clear();
    out.println(String.format(Locale.ROOT, "%s  <- %s", line(), event));
  }

  /** Ends its JVM as {@code kill -9} does. */
  void kill() {
    job.kill();
    JobEnd ignored = end();
  }

  /** Waits until it has ended. */
  JobEnd end() {
    while (!job.waitFor(POLL_MILLIS)) {
      show();
    }
    clear();
    JobEnd end = job.end();
    out.println(line() + "  " + (end.done() ? "done" : end.message()));
    return end;
  }

  private void show() {
    long millis = (System.nanoTime() - lastShown) / 1_000_000;
    if (millis < (terminal ? TERMINAL_MILLIS : LOG_MILLIS)) {
      return;
    }
    lastShown = System.nanoTime();
    if (terminal) {
      out.print("\r\u001b[K" + line());
      out.flush();
    } else {
      out.println(line());
    }
  }

  private void clear() {
    if (terminal) {
      out.print("\r\u001b[K");
    }
  }

  private String line() {
    return String.format(
        Locale.ROOT, "  %-36s %,11d rows %5.0f s", title, job.passed(), job.seconds());
  }
}
