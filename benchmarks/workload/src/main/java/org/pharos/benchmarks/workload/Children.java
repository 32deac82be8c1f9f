package org.pharos.benchmarks.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The processes that this one has started. */
final class Children {
  /** Of a clock tick, in which Linux tells processor time. */
  private static final double SECONDS = 0.01;

  private static final int USER_TIME_OF_ENDED = 13;
  private static final int SYSTEM_TIME_OF_ENDED = 14;

  private Children() {}

  /** User and system time of all of them so far; of those that have ended, on Linux only. */
  static double cpuSeconds() {
    double running =
        ProcessHandle.current()
            .descendants()
            .map(process -> process.info().totalCpuDuration())
            .flatMap(Optional::stream)
            .mapToDouble(time -> time.toNanos() / 1e9)
            .sum();
    return running + ofEnded();
  }

  private static double ofEnded() {
    Path statistics = Path.of("/proc/self/stat");
    if (!Files.exists(statistics)) {
      return 0;
    }
    try {
      String line = Files.readString(statistics);
      // The second field is the program's name, in brackets and with whatever it likes in it.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return SECONDS
          * (Long.parseLong(fields[USER_TIME_OF_ENDED])
              + Long.parseLong(fields[SYSTEM_TIME_OF_ENDED]));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + statistics, e);
    }
  }
}
