package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Faults that a healthy server does not give on demand, put between a writer and its session: each
 * statement that is sent may fail instead of being executed, or after it was executed.
 */
final class Faults {
  private static final Map<String, AtomicInteger> COUNTS = new ConcurrentHashMap<>();

  private Faults() {}

  /** What happens to one statement. */
  enum Fault {
    NONE,
    TIMEOUT_BEFORE,
    TIMEOUT_AFTER,
    OVERLOADED,
    UNAVAILABLE,
    NO_NODE,
    TOO_LARGE,
    REFUSED
  }

  /** Chooses the fault of a statement; {@code count} is how often it chose before. */
  interface Choice extends Serializable {
    Fault of(Statement<?> statement, int count);
  }

  /** The name separates the counts of tests. */
  static ExecutionFactory choosing(String name, Choice choice) {
    return session -> statement -> execute(session, statement, choice, count(name));
  }

  private static int count(String name) {
    return COUNTS.computeIfAbsent(name, any -> new AtomicInteger()).getAndIncrement();
  }

  /** How many statements were sent under this name. */
  static int sent(String name) {
    AtomicInteger count = COUNTS.get(name);
    return count == null ? 0 : count.get();
  }

  static boolean isBatch(Statement<?> statement) {
    return statement instanceof BatchStatement;
  }

  static boolean isRead(Statement<?> statement) {
    return query(statement).startsWith("SELECT");
  }

  static String query(Statement<?> statement) {
    return ((BoundStatement) statement).getPreparedStatement().getQuery();
  }

  static String text(Statement<?> statement, String column) {
    return String.valueOf(((BoundStatement) statement).getString(column));
  }

  private static CompletionStage<AsyncResultSet> execute(
      CqlSession session, Statement<?> statement, Choice choice, int count) {
    Fault fault = choice.of(statement, count);
    if (fault == Fault.NONE) {
      return session.executeAsync(statement);
    } else if (fault == Fault.TIMEOUT_AFTER) {
      return session
          .executeAsync(statement)
          .thenCompose(result -> CompletableFuture.failedFuture(exception(session, fault)));
    }
    return CompletableFuture.failedFuture(exception(session, fault));
  }

  private static Exception exception(CqlSession session, Fault fault) {
    Node node = session.getMetadata().getNodes().values().iterator().next();
    return switch (fault) {
      case TIMEOUT_BEFORE, TIMEOUT_AFTER ->
          new WriteTimeoutException(
              node, DefaultConsistencyLevel.LOCAL_QUORUM, 0, 1, DefaultWriteType.SIMPLE);
      case OVERLOADED -> new OverloadedException(node, "too much to do");
      case UNAVAILABLE ->
          new UnavailableException(node, DefaultConsistencyLevel.LOCAL_QUORUM, 2, 1);
      case NO_NODE -> new NoNodeAvailableException();
      case TOO_LARGE -> new InvalidQueryException(node, "Batch too large");
      case REFUSED -> new InvalidQueryException(node, "refused by a test");
      case NONE -> throw new IllegalArgumentException();
    };
  }
}
