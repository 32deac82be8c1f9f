package org.pharos.transforms.cassandra;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What arrives on the driver's threads, until the one thread that uses it takes it. That thread can
 * wait for several at once: waking it for each would cost a switch of threads for each request.
 */
final class Arrivals<T> {
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile @Nullable Thread parked;
  private volatile int wakeAt;

  /** On any thread. */
  void add(T arrival) {
    queue.add(arrival);
    int arrived = count.incrementAndGet();
    Thread thread = parked;
    if (thread != null && arrived >= wakeAt) {
      LockSupport.unpark(thread);
    }
  }

  /** The next one, null if there is none. */
  @Nullable T poll() {
    T next = queue.poll();
    if (next != null) {
      count.decrementAndGet();
    }
    return next;
  }

  /**
   * Waits a moment for some of those that are expected: until an eighth of them is there, and not
   * longer than given.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  void await(int expected, long mostNanos) throws InterruptedException {
    wakeAt = Math.max(1, expected / 8);
    parked = Thread.currentThread();
    if (count.get() < wakeAt) {
      LockSupport.parkNanos(this, Math.min(LONGEST_PAUSE, mostNanos));
    }
    parked = null;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
