package org.pharos.drills.jobs;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a job says of itself, a line each on the standard output of its JVM. Its transforms run
 * embedded in that JVM, so that they all reach this.
 */
final class Told {
  /** Begins each line of ours: a runner may print others. */
  static final String MARK = "@drill ";

  static final String PASSED = "passed";
  static final String COUNT = "count";
  static final String UNKNOWN = "unknown";
  static final String END = "end";

  /** Rows that have gone through the door, or to it. */
  static final AtomicLong PASSING = new AtomicLong();

  private static final Map<String, Long> COUNTS = new ConcurrentHashMap<>();

  private Told() {}

  /** Adds to a count that is told when the job has ended. */
  static void add(String name, long count) {
    COUNTS.merge(name, count, Long::sum);
  }

  static void line(PrintStream out, String what, Object value) {
    synchronized (out) {
      out.println(MARK + what + " " + value);
      out.flush();
    }
  }

  static void counts(PrintStream out) {
    COUNTS.forEach((name, count) -> line(out, COUNT, name + " " + count));
  }
}
