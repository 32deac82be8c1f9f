package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one query, page by page in the order of the ring, for whoever asks for the next page:
 * it is on its way since the last one was given out. What {@link PageReader} says of failures holds
 * here.
 */
final class PageCursor {

  /**
   * Rows that came together.
   *
   * @param rows at least one
   * @param arrivedNanos when, by {@link System#nanoTime}
   */
  record Page(List<Row> rows, long arrivedNanos) {}

  /** Where to go on: nothing before it is asked for again. */
  private record Position(
      @Nullable TokenSpan span, @Nullable ByteBuffer state, @Nullable Row lastRow) {}

  private record Answer(AsyncResultSet rows, long nanos, long arrivedNanos) {}

  private record Request(int rows, CompletableFuture<Answer> answer) {}

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;
  private final PageSize size;
  private final Function<@Nullable TokenSpan, BoundStatement> query;
  private final @Nullable ToLongFunction<Row> token;

  /** What was cut off, the next part on top. */
  private final Deque<Position> rest = new ArrayDeque<>();

  private Position at;
  private @Nullable Request pending;

  /**
   * Asks for nothing yet.
   *
   * @param size what is known of the size of rows, and learnt of it
   * @param span what to read; null if the query says it all
   * @param query the statement for the span or a part of it
   * @param token of the partition that a row is of; null if the span must not be cut
   */
  PageCursor(
      Requests requests,
      ReadRetry retry,
      ReadMetrics metrics,
      PageSize size,
      @Nullable TokenSpan span,
      Function<@Nullable TokenSpan, BoundStatement> query,
      @Nullable ToLongFunction<Row> token) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
    this.size = size;
    this.query = query;
    this.token = token;
    this.at = new Position(span, null, null);
    rest.push(at);
  }

  /**
   * The next page that has rows; null if there are no more.
   *
   * @throws CassandraFailure if it cannot be read
   */
  @Nullable Page next() {
    int failures = 0;
    while (true) {
      if (pending == null) {
        if (rest.isEmpty()) {
          return null;
        }
        at = rest.pop();
        pending = send(at);
      }
      Answer answer;
      try {
        answer = retry.await(pending.answer());
      } catch (ExecutionException failure) {
        failures++;
        retry.pauseOrGiveUp(failure, failures);
        if (ReadRetry.isAboutSize(failure)) {
          size.tooLarge(pending.rows(), failures);
          at = narrowed(at);
        }
        pending = send(at);
        continue;
      }
      failures = 0;
      List<Row> rows = taken(answer);
      if (!rows.isEmpty()) {
        return new Page(rows, answer.arrivedNanos());
      }
    }
  }

  private List<Row> taken(Answer answer) {
    ExecutionInfo info = answer.rows().getExecutionInfo();
    int count = answer.rows().remaining();
    size.arrived(count, info.getResponseSizeInBytes());
    metrics.answered(count, Math.max(0, info.getResponseSizeInBytes()), answer.nanos());
    ByteBuffer state = info.getPagingState();
    pending = state == null ? null : send(new Position(at.span(), state, null));
    List<Row> rows = new ArrayList<>(count);
    answer.rows().currentPage().forEach(rows::add);
    at = new Position(at.span(), state, count == 0 ? null : rows.get(count - 1));
    return rows;
  }

  private Request send(Position from) {
    int rows = size.rows();
    BoundStatement statement =
        query.apply(from.span()).setPageSize(rows).setPagingState(from.state());
    long start = System.nanoTime();
    return new Request(
        rows,
        requests
            .send(statement)
            .thenApply(
                page -> {
                  long now = System.nanoTime();
                  return new Answer(page, now - start, now);
                })
            .toCompletableFuture());
  }

  /**
   * Cuts what is unread in half and leaves the second one for later. The first keeps its paging
   * state: it says where in the ring to go on, and the query only ends earlier now.
   */
  private Position narrowed(Position whole) {
    TokenSpan span = whole.span();
    // After an empty page the state says where to go on, but nobody else does.
    boolean unknown = whole.state() != null && whole.lastRow() == null;
    if (span == null || token == null || unknown) {
      return whole;
    }
    long from = whole.lastRow() == null ? span.start() : token.applyAsLong(whole.lastRow());
    if (from >= span.end() || !new TokenSpan(from, span.end()).canBeCut()) {
      return whole;
    }
    long middle = new TokenSpan(from, span.end()).middle();
    rest.push(new Position(new TokenSpan(middle, span.end()), null, null));
    return new Position(new TokenSpan(span.start(), middle), whole.state(), whole.lastRow());
  }
}
