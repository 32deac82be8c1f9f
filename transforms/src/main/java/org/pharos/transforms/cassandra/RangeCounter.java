package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Lets Cassandra count the rows of a range; one that takes too long is counted in halves. */
final class RangeCounter {

  private final Requests requests;
  private final ReadRetry retry;
  private final ReadMetrics metrics;

  RangeCounter(Requests requests, ReadRetry retry, ReadMetrics metrics) {
    this.requests = requests;
    this.retry = retry;
    this.metrics = metrics;
  }

  /**
   * The rows in a span.
   *
   * @param query the counting statement for a span
   * @throws CassandraFailure if they cannot be counted
   */
  long count(TokenSpan span, Function<TokenSpan, BoundStatement> query) {
    Deque<TokenSpan> rest = new ArrayDeque<>();
    rest.push(span);
    long rows = 0;
    int failures = 0;
    while (!rest.isEmpty()) {
      TokenSpan next = rest.pop();
      try {
        rows += count(query.apply(next));
        failures = 0;
      } catch (ExecutionException failure) {
        failures++;
        retry.pauseOrGiveUp(failure, failures);
        if (ReadRetry.isAboutSize(failure) && next.canBeCut()) {
          rest.push(new TokenSpan(next.middle(), next.end()));
          rest.push(new TokenSpan(next.start(), next.middle()));
        } else {
          rest.push(next);
        }
      }
    }
    return rows;
  }

  /** The rows of a statement that is of one partition. */
  long countAll(BoundStatement statement) {
    for (int failures = 1; ; failures++) {
      try {
        return count(statement);
      } catch (ExecutionException failure) {
        retry.pauseOrGiveUp(failure, failures);
      }
    }
  }

  private long count(BoundStatement statement) throws ExecutionException {
    long start = System.nanoTime();
    AsyncResultSet result = retry.await(requests.send(statement).toCompletableFuture());
    metrics.answered(
        0,
        Math.max(0, result.getExecutionInfo().getResponseSizeInBytes()),
        System.nanoTime() - start);
    Row row = result.one();
    return row == null ? 0 : row.getLong(0);
  }
}
