package org.pharos.benchmarks.workload;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the work of this process. There is one for the process, since the workers of an embedded
 * runner share nothing else. Safe for use by several threads.
 */
public final class Meter {
  private static final AtomicReference<@Nullable Moment> FIRST = new AtomicReference<>();
  private static final AtomicReference<@Nullable Moment> LAST = new AtomicReference<>();
  private static final AtomicReference<@Nullable Moment> END = new AtomicReference<>();
  private static final AtomicReference<long @Nullable []> NANOS = new AtomicReference<>();
  private static final LongAdder ROWS = new LongAdder();
  private static final LongAdder DIGEST = new LongAdder();

  private Meter() {}

  private record Moment(long millis, double cpuSeconds) {
    static Moment now() {
      OperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      return new Moment(
          System.currentTimeMillis(), system.getProcessCpuTime() / 1e9 + Children.cpuSeconds());
    }
  }

  /** The first row is under way: the steady phase begins. Only the first call counts. */
  public static void first() {
    if (FIRST.get() == null) {
      Moment now = Moment.now();
      FIRST.compareAndSet(null, now);
    }
  }

  /**
   * Rows came or were written, the last of them just now. To be called for many rows at a time: it
   * looks at the clock.
   */
  public static void seen(long rows, long digest) {
    LAST.set(Moment.now());
    add(rows, digest);
  }

  /** The work is done; what follows only tells how well. Default: the end of the task. */
  public static void end() {
    END.set(Moment.now());
  }

  /** How long each request took. */
  public static void took(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    NANOS.set(sorted);
  }

  private static double millis(double share) {
    long[] sorted = NANOS.get();
    return sorted == null || sorted.length == 0
        ? 0
        : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
  }

  /** Adds rows and digests that were found out after {@link #end}. */
  public static void add(long rows, long digest) {
    ROWS.add(rows);
    DIGEST.add(digest);
  }

  static Outcome outcome() {
    Moment end = or(END.get(), Moment.now());
    Moment first = or(FIRST.get(), end);
    Moment last = or(LAST.get(), end);
    return new Outcome(
        ROWS.sum(),
        DIGEST.sum(),
        (end.millis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3,
        (last.millis() - first.millis()) / 1e3,
        end.cpuSeconds(),
        last.cpuSeconds() - first.cpuSeconds(),
        peakMegabytes(),
        millis(0.5),
        millis(0.99));
  }

  private static Moment or(@Nullable Moment moment, Moment other) {
    return moment == null ? other : moment;
  }

  private static double peakMegabytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + status, e);
    }
  }
}
