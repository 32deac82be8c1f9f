package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many requests all writers of a session, or all its look-ups, may have in flight, found by
 * trying: while it is used up and latency stays near the lowest seen it doubles, and once that has
 * come to an end it grows by an eighth; it shrinks by an eighth when latency has grown out of
 * proportion, and halves (once a round trip) when the cluster pushes back.
 */
final class InFlightLimit {
  static final int START = 64;
  static final int LOWEST = 4;
  static final int HIGHEST = 2048;

  private static final long MILLISECOND = 1_000_000;
  private static final Map<CqlSession, InFlightLimit> OF_WRITES = new WeakHashMap<>();
  private static final Map<CqlSession, InFlightLimit> OF_LOOKUPS = new WeakHashMap<>();

  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile int limit = START;
  private volatile boolean reduced;
  private volatile boolean usedUp;

  /** Nothing has told yet where the limit lies. */
  private boolean searching = true;

  private int answers;
  private long latencySum;
  private long lowestLatency = Long.MAX_VALUE;
  private long lastPushBack = Long.MIN_VALUE / 2;

  static InFlightLimit ofWrites(CqlSession session) {
    return of(session, OF_WRITES);
  }

  /** Apart from writes: a look-up takes another time, and waits for the disk. */
  static InFlightLimit ofLookups(CqlSession session) {
    return of(session, OF_LOOKUPS);
  }

  private static InFlightLimit of(CqlSession session, Map<CqlSession, InFlightLimit> limits) {
    synchronized (limits) {
      return limits.computeIfAbsent(session, s -> new InFlightLimit());
    }
  }

  /** Takes a permit if there is one. Whoever has nothing in flight always gets one. */
  boolean tryAcquire(boolean hasNone) {
    if (inFlight.incrementAndGet() <= limit || hasNone) {
      return true;
    }
    inFlight.decrementAndGet();
    usedUp = true;
    return false;
  }

  void release() {
    inFlight.decrementAndGet();
  }

  int limit() {
    return limit;
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Whether the cluster pushed back since the limit last grew: waiting is throttling then. */
  boolean reduced() {
    return reduced;
  }

  /** A request was answered after this time. */
  synchronized void answered(long latencyNanos) {
    answers++;
    latencySum += latencyNanos;
    if (answers >= limit) {
      adjust(latencySum / answers);
      answers = 0;
      latencySum = 0;
    }
  }

  private void adjust(long latency) {
    // Rising a little each time forgets a minimum that the cluster no longer reaches.
    lowestLatency = Math.min(latency, lowestLatency == Long.MAX_VALUE ? latency : lowestLatency);
    lowestLatency += lowestLatency / 128;
    int step = Math.max(1, limit / 8);
    if (latency > 16 * lowestLatency + 250 * MILLISECOND) {
      limit = Math.max(LOWEST, limit - step);
      reduced = true;
      searching = false;
    } else if (latency >= 8 * lowestLatency + 20 * MILLISECOND) {
      searching = false;
    } else if (usedUp) {
      limit = Math.min(HIGHEST, limit + (searching ? limit : step));
      reduced = false;
    }
    usedUp = false;
  }

  /** The cluster was overloaded or did not answer in time. */
  synchronized void pushedBack(long nowNanos) {
    if (nowNanos - lastPushBack >= 100 * MILLISECOND) {
      lastPushBack = nowNanos;
      limit = Math.max(LOWEST, limit / 2);
      reduced = true;
      searching = false;
      answers = 0;
      latencySum = 0;
    }
  }
}
