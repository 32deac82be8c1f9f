package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests in flight: one is sent as soon as another was answered, up to what the writer and
 * all writers of the session may have. Used by one thread; answers arrive on the driver's threads
 * and wait until that thread takes them, so that results leave within the bundle.
 *
 * <p>What fails is sorted by its class: repeated after a while, taken apart into single rows,
 * handed over as rejected or lost, or thrown, which fails the bundle.
 */
final class AsyncWriter {
  /** What may be in flight in bytes, so that large values do not fill the heap. */
  private static final long MOST_BYTES = 64L << 20;

  /** Long enough to see a node restart or a short overload through. */
  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 10);

  /** Told about the end of requests, on the writer's thread. */
  interface Outcomes {
    /** The cluster answered; returns a request that must follow, if any. */
    @Nullable WriteRequest answered(WriteRequest request, AsyncResultSet result);

    /** The cluster will never take this row; returns a request that must follow, if any. */
    @Nullable WriteRequest rejected(
        WriteTarget target, PendingRow row, FailureClass failure, Throwable cause);

    /**
     * It cannot be known whether the request was executed; returns one that must follow, if any.
     */
    @Nullable WriteRequest lost(WriteRequest request, Throwable cause);
  }

  private record Done(
      WriteRequest request, @Nullable AsyncResultSet result, @Nullable Throwable failure) {}

  private final Execution execution;
  private final InFlightLimit limit;
  private final RowRate rate;
  private final int maxInFlight;
  private final Outcomes outcomes;
  private final WriteMetrics metrics;

  private final Arrivals<Done> done = new Arrivals<>();
  private final Deque<WriteRequest> ready = new ArrayDeque<>();
  private final PriorityQueue<WriteRequest> waiting =
      new PriorityQueue<>(Comparator.comparingLong(request -> request.dueNanos));
  private int inFlight;
  private long bytesInFlight;

  AsyncWriter(
      Execution execution,
      InFlightLimit limit,
      RowRate rate,
      int maxInFlight,
      Outcomes outcomes,
      WriteMetrics metrics) {
    this.execution = execution;
    this.limit = limit;
    this.rate = rate;
    this.maxInFlight = maxInFlight;
    this.outcomes = outcomes;
    this.metrics = metrics;
  }

  /** Sends a request, after waiting until it may be sent. */
  void send(WriteRequest request) {
    ready.add(request);
    advance();
    while (!ready.isEmpty()) {
      await();
    }
  }

  /** Takes what was answered, and sends what was waiting for that. Never blocks. */
  void advance() {
    Done next;
    while ((next = done.poll()) != null) {
      settle(next);
    }
    while (!waiting.isEmpty() && waiting.element().dueNanos - System.nanoTime() <= 0) {
      ready.addFirst(waiting.remove());
    }
    while (!ready.isEmpty() && mayStart(ready.element())) {
      start(ready.remove());
    }
  }

  /** Waits a moment, for something to end. */
  void await() {
    pause();
    advance();
  }

  /** Waits until everything that was sent has ended. */
  void drain() {
    advance();
    while (inFlight > 0 || !ready.isEmpty() || !waiting.isEmpty()) {
      await();
    }
  }

  private boolean mayStart(WriteRequest request) {
    // Rows that wait for another attempt count as well, or a long overload would fill the heap.
    boolean room =
        request.attempts > 0 ? inFlight < maxInFlight : inFlight + waiting.size() < maxInFlight;
    return room
        && (bytesInFlight + request.bytes <= MOST_BYTES || inFlight == 0)
        && limit.tryAcquire(inFlight == 0)
        && inTime(request);
  }

  private boolean inTime(WriteRequest request) {
    if (rate.tryPass(request.rows.size(), System.nanoTime())) {
      return true;
    }
    limit.release();
    return false;
  }

  private void start(WriteRequest request) {
    inFlight++;
    bytesInFlight += request.bytes;
    request.attempts++;
    request.startedNanos = System.nanoTime();
    metrics.sent(request, inFlight);
    try {
      execution
          .execute(request.statement())
          .whenComplete((result, failure) -> ended(new Done(request, result, failure)));
    } catch (RuntimeException e) {
      ended(new Done(request, null, e));
    }
  }

  /** On a thread of the driver. */
  private void ended(Done end) {
    limit.release();
    done.add(end);
  }

  private void settle(Done end) {
    WriteRequest request = end.request();
    inFlight--;
    bytesInFlight -= request.bytes;
    if (end.result() == null) {
      failed(request, end.failure() == null ? new NullPointerException() : end.failure());
      return;
    }
    long latency = System.nanoTime() - request.startedNanos;
    limit.answered(latency);
    metrics.answered(latency);
    follow(outcomes.answered(request, end.result()));
  }

  private void failed(WriteRequest request, Throwable cause) {
    FailureClass failure = FailureClass.of(cause, request.repeatable());
    switch (failure) {
      case TRANSIENT, OVERLOADED, NO_NODE -> {
        limit.pushedBack(System.nanoTime());
        again(request, failure, cause);
      }
      case PERMANENT, BATCH_TOO_LARGE -> {
        if (request.rows.size() > 1) {
          takeApart(request);
        } else if (request.looks) {
          follow(outcomes.lost(request, cause));
        } else {
          follow(outcomes.rejected(request.target, request.rows.get(0), failure, cause));
        }
      }
      case UNKNOWN_OUTCOME -> {
        limit.pushedBack(System.nanoTime());
        follow(outcomes.lost(request, cause));
      }
      case FATAL -> throw request.target.failure(failure, cause);
    }
  }

  private void again(WriteRequest request, FailureClass failure, Throwable cause) {
    boolean away = failure == FailureClass.NO_NODE;
    if (away) {
      // Nobody was asked: that uses up nothing of what the cluster may fail to do.
      request.attempts = Math.max(1, request.attempts - 1);
      request.unasked++;
    }
    Backoff patience = away ? BACKOFF.whileAway() : BACKOFF;
    int attempts = away ? request.unasked : request.attempts;
    if (patience.allowsAfter(attempts)) {
      metrics.retried(failure);
      request.dueNanos = System.nanoTime() + patience.delayAfter(attempts).toNanos();
      waiting.add(request);
    } else if (request.looks) {
      follow(outcomes.lost(request, cause));
    } else if (request.rows.size() == 1 && FailureClass.mayMeanTooLarge(cause, request.bytes)) {
      follow(
          outcomes.rejected(
              request.target, request.rows.get(0), FailureClass.BATCH_TOO_LARGE, cause));
    } else {
      throw request.target.failure(failure, cause);
    }
  }

  /** One row that is refused, or all together being too much, must not cost the others. */
  private void takeApart(WriteRequest request) {
    for (PendingRow row : request.rows) {
      WriteRequest single = WriteRequest.write(request.target, List.of(row));
      single.attempts = request.attempts;
      ready.add(single);
    }
  }

  private void follow(@Nullable WriteRequest next) {
    if (next == null) {
      return;
    } else if (next.attempts > 0) {
      again(next, FailureClass.TRANSIENT, new IllegalStateException("no answer came in time"));
    } else {
      ready.addFirst(next);
    }
  }

  private void pause() {
    long before = System.nanoTime();
    long most =
        waiting.isEmpty() ? Long.MAX_VALUE : Math.max(0, waiting.element().dueNanos - before);
    try {
      done.await(inFlight, most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CassandraFailure("interrupted while writing: the job is being stopped");
    }
    if (limit.reduced() || !waiting.isEmpty() || (rate.isLimited() && !ready.isEmpty())) {
      metrics.throttled(System.nanoTime() - before);
    }
  }
}
