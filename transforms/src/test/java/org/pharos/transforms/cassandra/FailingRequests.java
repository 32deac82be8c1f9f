package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;

/** A session whose replicas are too slow for some of the requests; the others are answered. */
final class FailingRequests implements Requests {

  /** A request that was sent. */
  record Sent(int pageSize, boolean first, boolean failed) {}

  private final CqlSession session;
  private final BiPredicate<Integer, Statement<?>> fails;
  private final List<Sent> sent = new ArrayList<>();

  /**
   * @param fails by the request's number, from 1, and the statement
   */
  FailingRequests(CqlSession session, BiPredicate<Integer, Statement<?>> fails) {
    this.session = session;
    this.fails = fails;
  }

  static ReadTimeoutException timeout(CqlSession session) {
    return new ReadTimeoutException(
        session.getMetadata().getNodes().values().iterator().next(),
        DefaultConsistencyLevel.LOCAL_QUORUM,
        0,
        1,
        false);
  }

  @Override
  public synchronized CompletionStage<AsyncResultSet> send(Statement<?> statement) {
    boolean failed = fails.test(sent.size() + 1, statement);
    sent.add(new Sent(statement.getPageSize(), statement.getPagingState() == null, failed));
    return failed
        ? CompletableFuture.failedFuture(timeout(session))
        : session.executeAsync(statement);
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }
}
