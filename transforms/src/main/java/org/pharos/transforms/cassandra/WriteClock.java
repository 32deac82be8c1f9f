package org.pharos.transforms.cassandra;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Write timestamps: microseconds since 1970 of the process's clock, each later than the one before,
 * so that of two rows with one key that are taken up one after the other, the later wins. One for
 * all writers of a process; between processes their clocks decide.
 */
final class WriteClock {
  private static final AtomicLong LAST = new AtomicLong(Long.MIN_VALUE);

  private WriteClock() {}

  static long next() {
    return next(1);
  }

  /** The first of some microseconds that nobody else gets. */
  static long next(int room) {
    return LAST.updateAndGet(last -> Math.max(last, now() - 1) + room) - room + 1;
  }

  /** The time now, in microseconds. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
