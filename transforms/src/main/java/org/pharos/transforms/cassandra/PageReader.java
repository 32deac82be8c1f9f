package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.ExecutionInfo;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a query, each once, page by page: the next page is on its way while the last
 * one is taken, and never more than these two are held.
 *
 * <p>A page that fails for a reason that may pass is asked for again, after the last row taken and
 * with fewer rows. Of a range of tokens only the unread rest is then cut in half: what was read
 * stays read. So a slow range becomes many small ones, and a slow partition is read in small pages.
 */
final class PageReader {

  /** Where to go on: nothing before it is asked for again. */
  private record Position(
      @Nullable TokenSpan span, @Nullable ByteBuffer state, @Nullable Row lastRow) {}

  private record Page(AsyncResultSet rows, long nanos) {}

  private record Request(int rows, CompletableFuture<Page> answer) {}

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;
  private final PageSize size = new PageSize();

  PageReader(Requests requests, ReadRetry retry, ReadMetrics metrics) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
  }

  /**
   * Reads the partitions of a span.
   *
   * @param query the statement for a span
   * @param token of the partition that a row is of; null if the query has conditions that Cassandra
   *     applies after paging, so that a page's end is not known from its last row: then the span is
   *     not cut
   * @throws CassandraFailure if it cannot be read
   */
  void read(
      TokenSpan span,
      Function<TokenSpan, BoundStatement> query,
      @Nullable ToLongFunction<Row> token,
      Consumer<Row> out) {
    Deque<Position> rest = new ArrayDeque<>();
    rest.push(new Position(span, null, null));
    while (!rest.isEmpty()) {
      Position position = rest.pop();
      readFrom(position, at -> query.apply(at.span() == null ? span : at.span()), token, rest, out);
    }
  }

  /** Reads the rows of a statement that is of one partition. */
  void read(BoundStatement statement, Consumer<Row> out) {
    readFrom(new Position(null, null, null), at -> statement, null, new ArrayDeque<>(), out);
  }

  private void readFrom(
      Position start,
      Function<Position, BoundStatement> query,
      @Nullable ToLongFunction<Row> token,
      Deque<Position> rest,
      Consumer<Row> out) {
    Position at = start;
    Request pending = send(query, at);
    int failures = 0;
    while (pending != null) {
      Page page;
      try {
        page = retry.await(pending.answer());
      } catch (ExecutionException failure) {
        failures++;
        retry.pauseOrGiveUp(failure, failures);
        if (ReadRetry.isAboutSize(failure)) {
          size.tooLarge(pending.rows(), failures);
          at = narrowed(at, token, rest);
        }
        pending = send(query, at);
        continue;
      }
      failures = 0;
      ExecutionInfo info = page.rows().getExecutionInfo();
      int count = page.rows().remaining();
      size.arrived(count, info.getResponseSizeInBytes());
      metrics.answered(count, Math.max(0, info.getResponseSizeInBytes()), page.nanos());
      ByteBuffer state = info.getPagingState();
      pending = state == null ? null : send(query, new Position(at.span(), state, null));
      Row last = null;
      for (Row row : page.rows().currentPage()) {
        out.accept(row);
        last = row;
      }
      at = new Position(at.span(), state, last);
    }
  }

  private Request send(Function<Position, BoundStatement> query, Position at) {
    int rows = size.rows();
    BoundStatement statement = query.apply(at).setPageSize(rows).setPagingState(at.state());
    long start = System.nanoTime();
    return new Request(
        rows,
        requests
            .send(statement)
            .thenApply(page -> new Page(page, System.nanoTime() - start))
            .toCompletableFuture());
  }

  /**
   * Cuts what is unread in half and leaves the second one for later. The first keeps its paging
   * state: it says where in the ring to go on, and the query only ends earlier now.
   */
  private static Position narrowed(
      Position at, @Nullable ToLongFunction<Row> token, Deque<Position> rest) {
    TokenSpan span = at.span();
    // After an empty page the state says where to go on, but nobody else does.
    boolean unknown = at.state() != null && at.lastRow() == null;
    if (span == null || token == null || unknown) {
      return at;
    }
    long from = at.lastRow() == null ? span.start() : token.applyAsLong(at.lastRow());
    if (from >= span.end() || !new TokenSpan(from, span.end()).canBeCut()) {
      return at;
    }
    long middle = new TokenSpan(from, span.end()).middle();
    rest.push(new Position(new TokenSpan(middle, span.end()), null, null));
    return new Position(new TokenSpan(span.start(), middle), at.state(), at.lastRow());
  }
}
