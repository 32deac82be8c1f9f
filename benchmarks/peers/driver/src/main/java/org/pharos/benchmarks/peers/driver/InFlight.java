package org.pharos.benchmarks.peers.driver;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Bounds how many requests are in flight, and keeps the first failure. */
final class InFlight {
  private final int most;
  private final Semaphore permits;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  InFlight(int most) {
    this.most = most;
    this.permits = new Semaphore(most);
  }

  /** Waits for room; {@link #add} must follow. */
  void await() throws InterruptedException {
    permits.acquire();
    Throwable found = failure.get();
    if (found != null) {
      throw new IllegalStateException("a request failed", found);
    }
  }

  /** Takes a request for which room was made. */
  void add(CompletionStage<?> request) {
    CompletionStage<?> ignored =
        request.whenComplete(
            (result, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
              permits.release();
            });
  }

  /** Waits until all have ended. */
  void drain() throws InterruptedException {
    for (int i = 0; i < most; i++) {
      await();
    }
  }
}
