package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to try again: a random time below a limit that doubles with each attempt (full jitter, so
 * that workers which failed together do not come back together), for a bounded number of attempts.
 *
 * @param base the limit of the wait after the first attempt
 * @param cap the limit of every wait
 * @param attempts how often to try in all, the first time included
 */
record Backoff(Duration base, Duration cap, int attempts) implements Serializable {

  Backoff {
    if (base.isNegative() || base.isZero() || cap.compareTo(base) < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "backoff of " + base + " up to " + cap + " for " + attempts + " attempts makes no sense");
    }
  }

  /**
   * The same for an attempt that costs nobody anything, since no node could be asked at all: three
   * times as many, so that a cluster or a network may come back.
   */
  Backoff whileAway() {
    return new Backoff(base, cap, 3 * attempts);
  }

  /** Whether another attempt may follow this many. */
  boolean allowsAfter(int attemptsMade) {
    return attemptsMade < attempts;
  }

  /** How long to wait after this many attempts (1 after the first). */
  Duration delayAfter(int attemptsMade) {
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limitAfter(attemptsMade) + 1));
  }

  /** The longest that {@link #delayAfter} can be, in milliseconds. */
  long limitAfter(int attemptsMade) {
    int doublings = Math.min(Math.max(attemptsMade - 1, 0), 30);
    long limit = base.toMillis() << doublings;
    return limit <= 0 || limit > cap.toMillis() ? cap.toMillis() : limit;
  }
}
