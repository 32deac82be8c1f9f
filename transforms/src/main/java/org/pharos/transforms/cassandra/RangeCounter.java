package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets Cassandra count the rows of ranges, several at a time; one that takes too long is counted in
 * halves, and then fewer at a time.
 */
final class RangeCounter {

  /** A count keeps one thread of a node busy from beginning to end. */
  static final int IN_FLIGHT = 4;

  /** More than are in flight: the longest of them is what the end waits for. */
  static final int PARTS = 4 * IN_FLIGHT;

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;

  RangeCounter(Requests requests, ReadRetry retry, ReadMetrics metrics) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
  }

  /**
   * The rows in spans of which no two share a token.
   *
   * @param query the counting statement for a span
   * @throws CassandraFailure if they cannot be counted
   */
  long count(List<TokenSpan> spans, Function<TokenSpan, BoundStatement> query) {
    return new Ranges(query, parts(spans)).count();
  }

  /** The rows of a statement that is of one partition. */
  long countAll(BoundStatement statement) {
    for (int failures = 1; ; failures++) {
      long start = System.nanoTime();
      try {
        return rows(
            retry.await(requests.send(statement).toCompletableFuture()), System.nanoTime() - start);
      } catch (ExecutionException failure) {
        retry.pauseOrGiveUp(failure, failures);
      }
    }
  }

  private long rows(AsyncResultSet result, long nanos) {
    metrics.answered(0, Math.max(0, result.getExecutionInfo().getResponseSizeInBytes()), nanos);
    Row row = result.one();
    return row == null ? 0 : row.getLong(0);
  }

  /** About {@link #PARTS} parts of about one width, since tokens are spread evenly. */
  static List<TokenSpan> parts(List<TokenSpan> spans) {
    double each = spans.stream().mapToDouble(TokenSpan::width).sum() / PARTS;
    List<TokenSpan> parts = new ArrayList<>();
    for (TokenSpan span : spans) {
      TokenSpan rest = span;
      for (long left = Math.round(span.width() / each); left > 1 && rest.canBeCut(); left--) {
        long cut = rest.cutAt(1.0 / left);
        parts.add(new TokenSpan(rest.start(), cut));
        rest = new TokenSpan(cut, rest.end());
      }
      parts.add(rest);
    }
    return parts;
  }

  /** A part that waits or is being counted, and how often it, or what it was cut from, failed. */
  private record Part(TokenSpan span, int failures, long dueNanos) {}

  private record Answer(
      Part part, @Nullable AsyncResultSet result, @Nullable Throwable failure, long nanos) {}

  /** One count. Used by one thread: answers wait until it takes them. */
  private final class Ranges {
    private final Function<TokenSpan, BoundStatement> query;
    private final Deque<Part> ready = new ArrayDeque<>();
    private final PriorityQueue<Part> delayed =
        new PriorityQueue<>(Comparator.comparingLong(Part::dueNanos));
    private final LinkedBlockingQueue<Answer> arrived = new LinkedBlockingQueue<>();
    private int most = IN_FLIGHT;
    private int inFlight;
    private long rows;

    Ranges(Function<TokenSpan, BoundStatement> query, List<TokenSpan> parts) {
      this.query = query;
      parts.forEach(span -> ready.add(new Part(span, 0, 0)));
    }

    long count() {
      while (inFlight > 0 || !ready.isEmpty() || !delayed.isEmpty()) {
        while (!delayed.isEmpty() && delayed.element().dueNanos() - System.nanoTime() <= 0) {
          ready.push(delayed.remove());
        }
        while (inFlight < most && !ready.isEmpty()) {
          send(ready.pop());
        }
        take();
      }
      return rows;
    }

    private void send(Part part) {
      inFlight++;
      long start = System.nanoTime();
      requests
          .send(query.apply(part.span()))
          .whenComplete(
              (result, failure) ->
                  arrived.add(new Answer(part, result, failure, System.nanoTime() - start)));
    }

    private void take() {
      long wait =
          delayed.isEmpty()
              ? TimeUnit.SECONDS.toNanos(1)
              : Math.max(0, delayed.element().dueNanos() - System.nanoTime());
      Answer answer;
      try {
        answer = arrived.poll(wait, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw retry.interrupted(e);
      }
      if (answer == null) {
        return;
      }
      inFlight--;
      if (answer.result() == null) {
        Throwable failure = answer.failure();
        failed(answer.part(), failure == null ? new IllegalStateException("no answer") : failure);
      } else {
        rows += rows(answer.result(), answer.nanos());
      }
    }

    private void failed(Part part, Throwable failure) {
      int failures = part.failures() + 1;
      long due = System.nanoTime() + retry.delayOrGiveUp(failure, failures).toNanos();
      if (!ReadRetry.isAboutSize(failure)) {
        delayed.add(new Part(part.span(), failures, due));
        return;
      }
      most = Math.max(1, most / 2);
      if (part.span().canBeCut()) {
        long middle = part.span().middle();
        delayed.add(new Part(new TokenSpan(part.span().start(), middle), failures, due));
        delayed.add(new Part(new TokenSpan(middle, part.span().end()), failures, due));
      } else {
        delayed.add(new Part(part.span(), failures, due));
      }
    }
  }
}
