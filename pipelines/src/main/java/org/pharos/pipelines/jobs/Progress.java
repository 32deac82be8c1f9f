package org.pharos.pipelines.jobs;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows how far a job is while it runs: on a terminal one line that is written over, elsewhere a
 * line every few seconds.
 */
final class Progress implements AutoCloseable {
  private static final long TERMINAL_MILLIS = 250;
  private static final long LOG_MILLIS = 5_000;
  private static final int BAR = 20;

  private final PrintStream out;
  private final boolean terminal;
  private final String title;
  private final Supplier<Counts> counts;
  private final Supplier<String> cluster;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Starts showing.
   *
   * @param terminal whether lines can be written over
   * @param counts asked for each line, on a thread of this class
   * @param cluster likewise: what the cluster that runs the job tells, or nothing
   */
  Progress(
      PrintStream out,
      boolean terminal,
      String title,
      Supplier<Counts> counts,
      Supplier<String> cluster) {
    this.out = out;
    this.terminal = terminal;
    this.title = title;
    this.counts = counts;
    this.cluster = cluster;
    long every = terminal ? TERMINAL_MILLIS : LOG_MILLIS;
    var ticks = clock.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
    assert ticks != null;
  }

  /** How long it has been shown, in seconds. */
  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Ends the showing; on a terminal the line is cleared. */
  @Override
  public void close() {
    clock.shutdownNow();
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private void show() {
    String line = line(title, counts.get(), cluster.get(), seconds());
    if (terminal) {
      out.print("\r\u001b[K" + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** The line for a job at a moment. */
  static String line(String title, Counts counts, String cluster, double seconds) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-28s", title));
    long splits = counts.get("splits_planned");
    if (splits > 0) {
      double done = Math.min(1.0, (double) counts.get("splits_read") / splits);
      int filled = (int) Math.round(done * BAR);
      line.append("[").append("#".repeat(filled)).append(".".repeat(BAR - filled));
      line.append(String.format(Locale.ROOT, "] %3.0f%% of splits  ", done * 100));
    }
    long rows = counts.rows();
    if (rows > 0) {
      line.append(
          String.format(
              Locale.ROOT, "%,d rows  %,.0f rows/s  ", rows, rows / Math.max(seconds, 1e-3)));
    }
    if (!cluster.isEmpty()) {
      line.append(cluster).append("  ");
    }
    return line.append(String.format(Locale.ROOT, "%.0f s", seconds)).toString();
  }
}
