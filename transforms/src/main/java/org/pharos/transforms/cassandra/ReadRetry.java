package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadFailureException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a reader does when a request fails: waits and lets it try again, or gives up and says why.
 */
final class ReadRetry {

  /** About half a minute of waiting besides the server's own time limits. */
  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 10);

  private final String what;
  private final String where;
  private final Backoff backoff;
  private final Consumer<FailureClass> repeated;

  /**
   * @param what what is being done, for messages: "reading"
   * @param where the table
   */
  ReadRetry(String what, String where, Backoff backoff, ReadMetrics metrics) {
    this(what, where, backoff, metrics::repeated);
  }

  /** As above; who is told of each repetition may live outside a pipeline. */
  ReadRetry(String what, String where, Backoff backoff, Consumer<FailureClass> repeated) {
    this.what = what;
    this.where = where;
    this.backoff = backoff;
    this.repeated = repeated;
  }

  /**
   * The result of a request.
   *
   * @throws ExecutionException if it failed
   */
  <T> T await(Future<T> answer) throws ExecutionException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /**
   * Returns when the request may be sent again.
   *
   * @param attempts how many have failed since something succeeded
   * @throws CassandraFailure if it may not
   */
  void pauseOrGiveUp(Throwable failure, int attempts) {
    Duration delay = delayOrGiveUp(failure, attempts);
    try {
      TimeUnit.MILLISECONDS.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  /**
   * After how long the request may be sent again.
   *
   * @throws CassandraFailure if it may not
   */
  Duration delayOrGiveUp(Throwable failure, int attempts) {
    Throwable cause = cause(failure);
    FailureClass kind = FailureClass.of(cause, true);
    boolean again = kind.mayRepeat() || isTooLarge(kind);
    Backoff patience = kind == FailureClass.NO_NODE ? backoff.whileAway() : backoff;
    if (!again || !patience.allowsAfter(attempts)) {
      throw CassandraFailure.of(
          attempts > 1 ? what + " (" + attempts + " attempts)" : what, where, advice(kind), cause);
    }
    repeated.accept(kind);
    return patience.delayAfter(attempts);
  }

  CassandraFailure interrupted(InterruptedException cause) {
    return new CassandraFailure(what + " " + where + " was interrupted", cause);
  }

  // The answer did not fit a frame: fewer rows may.
  private static boolean isTooLarge(FailureClass kind) {
    return kind == FailureClass.BATCH_TOO_LARGE;
  }

  private static String advice(FailureClass kind) {
    return switch (kind) {
      case OVERLOADED, TRANSIENT ->
          "The cluster is too slow or too few replicas are up: look at its nodes, or read with less"
              + " parallelism";
      case NO_NODE -> "No node can be reached: look whether the cluster is up";
      case BATCH_TOO_LARGE -> "A single row is larger than what the driver accepts";
      default ->
          "Check that the table is as declared (Tables.verify tells the difference) and may be"
              + " read";
    };
  }

  /** Whether asking for less may help. */
  static boolean isAboutSize(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof AllNodesFailedException nodes) {
      return nodes.getAllErrors().values().stream()
          .flatMap(Collection::stream)
          .anyMatch(ReadRetry::isAboutSize);
    }
    return cause instanceof ReadTimeoutException
        || cause instanceof ReadFailureException
        || cause instanceof DriverTimeoutException
        || cause instanceof OverloadedException
        || cause instanceof ServerError
        || cause instanceof FrameTooLongException;
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
