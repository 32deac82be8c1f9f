package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets rows pass at a rate, whoever of the session's writers has them. What was not used in time is
 * lost, but for a moment's worth: a pause is not made up for by a flood. (The generic cell rate
 * algorithm, as in ITU-T I.371: all that is kept is when the next row would be due.)
 */
final class RowRate {
  private static final long BURST = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final Map<CqlSession, RowRate> OF_SESSIONS = new WeakHashMap<>();

  private final double nanosPerRow;
  private final AtomicLong due;

  RowRate(double rowsPerSecond, long now) {
    this.nanosPerRow = rowsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rowsPerSecond;
    this.due = new AtomicLong(now);
  }

  /** The rate of a session, which is of one connection; without a limit everything passes. */
  static RowRate of(CqlSession session, @Nullable WriteLimit limit) {
    synchronized (OF_SESSIONS) {
      return OF_SESSIONS.computeIfAbsent(
          session, s -> new RowRate(limit == null ? 0 : limit.ofEachWorker(), System.nanoTime()));
    }
  }

  boolean isLimited() {
    return nanosPerRow > 0;
  }

  /**
   * Waits until so many rows may be sent; then they count as sent.
   *
   * @return how long it took, in nanoseconds
   * @throws InterruptedException if the thread was interrupted; they do not count then
   */
  long pass(int rows) throws InterruptedException {
    long begun = System.nanoTime();
    long now = begun;
    while (!tryPass(rows, now)) {
      TimeUnit.NANOSECONDS.sleep(Math.max(SHORTEST_PAUSE, due.get() - now - BURST));
      now = System.nanoTime();
    }
    return now - begun;
  }

  /** Whether so many rows may be sent now; then they count as sent. */
  boolean tryPass(int rows, long now) {
    if (nanosPerRow == 0) {
      return true;
    }
    while (true) {
      long free = due.get();
      // Differences: the clock's origin is arbitrary and it may overflow.
      if (free - now > BURST) {
        return false;
      }
      long from = free - now < 0 ? now : free;
      if (due.compareAndSet(free, from + Math.round(rows * nanosPerRow))) {
        return true;
      }
    }
  }
}
