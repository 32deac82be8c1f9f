package org.pharos.local;

import java.util.concurrent.locks.LockSupport;

/** The bandwidth of one direction, shared by all who send in it. */
final class Pace {
  private static final double NANOS = 1e9;

  private long bytesPerSecond = Long.MAX_VALUE;
  private long freeAt = System.nanoTime();

  synchronized void limit(long limit) {
    bytesPerSecond = limit;
    freeAt = System.nanoTime();
  }

  /** Returns when so many bytes have got through. */
  void pass(int bytes) {
    waitUntil(through(bytes));
  }

  private synchronized long through(int bytes) {
    long now = System.nanoTime();
    if (bytesPerSecond == Long.MAX_VALUE) {
      return now;
    }
    long start = freeAt - now > 0 ? freeAt : now;
    freeAt = start + (long) (bytes * NANOS / bytesPerSecond);
    return freeAt;
  }

  static void waitUntil(long nanoTime) {
    long left;
    while ((left = nanoTime - System.nanoTime()) > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
    }
  }
}
