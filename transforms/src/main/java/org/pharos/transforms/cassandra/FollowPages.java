package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks for pages of rows, a bounded number at a time, without waiting for any: for a reader that
 * must come back at once. Its rows share a page size, which is the smaller the more partitions it
 * follows, since it holds up to two pages of each.
 */
final class FollowPages {

  private static final int MOST_IN_FLIGHT = 64;
  private static final int MOST_ROWS_HELD = 20_000;
  private static final long MOST_BYTES_HELD = 16 << 20;

  /** A page that arrived. */
  record Page(AsyncResultSet rows, long nanos) {}

  /** A page that was asked for. */
  record Request(int rows, CompletableFuture<Page> answer) {}

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;
  private final PageSize size;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Semaphore arrivals = new Semaphore(0);

  FollowPages(Requests requests, ReadRetry retry, ReadMetrics metrics, int partitions) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
    int most = Math.max(8, Math.min(PageSize.MOST, MOST_ROWS_HELD / partitions));
    this.size =
        new PageSize(
            Math.min(PageSize.FIRST, most),
            most,
            Math.min(PageSize.TARGET_BYTES, MOST_BYTES_HELD / partitions));
  }

  /** Whether another request may be sent. */
  boolean maySend() {
    return inFlight.get() < MOST_IN_FLIGHT;
  }

  Request send(BoundStatement statement, @Nullable ByteBuffer state) {
    int rows = size.rows();
    long start = System.nanoTime();
    inFlight.incrementAndGet();
    return new Request(
        rows,
        requests
            .send(statement.setPageSize(rows).setPagingState(state))
            .thenApply(page -> new Page(page, System.nanoTime() - start))
            .whenComplete(
                (page, failure) -> {
                  inFlight.decrementAndGet();
                  arrivals.release();
                })
            .toCompletableFuture());
  }

  /**
   * The rows of a page that has arrived.
   *
   * @throws ExecutionException if it failed
   */
  AsyncResultSet take(Request request) throws ExecutionException {
    Page page = retry.await(request.answer());
    ExecutionInfo info = page.rows().getExecutionInfo();
    int count = page.rows().remaining();
    size.arrived(count, info.getResponseSizeInBytes());
    metrics.answered(count, Math.max(0, info.getResponseSizeInBytes()), page.nanos());
    return page.rows();
  }

  /**
   * After how long a page that failed may be asked for again.
   *
   * @param failures how often it has failed
   * @throws CassandraFailure if it may not
   */
  Duration delayOrGiveUp(Request request, ExecutionException failure, int failures) {
    Duration delay = retry.delayOrGiveUp(failure, failures);
    if (ReadRetry.isAboutSize(failure)) {
      size.tooLarge(request.rows(), failures);
    }
    return delay;
  }

  /** Waits until a page arrives, but not longer than this. */
  void await(long mostNanos) {
    try {
      if (arrivals.tryAcquire(mostNanos, TimeUnit.NANOSECONDS)) {
        int ignored = arrivals.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw retry.interrupted(e);
    }
  }
}
