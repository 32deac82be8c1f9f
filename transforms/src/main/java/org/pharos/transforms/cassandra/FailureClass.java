package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.FrameTooLongException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.BootstrappingException;
import com.datastax.oss.driver.api.core.servererrors.CDCWriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.FunctionFailureException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.TruncateException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.type.codec.CodecNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * What a failed request means for what to do next. Of several nodes' answers the first of this
 * order counts.
 */
enum FailureClass {
  /**
   * It may have been done, and doing it again would not be the same: counters, LWT, list append.
   */
  UNKNOWN_OUTCOME,
  /**
   * The request is too large: its rows may pass one by one, and a single row never will. Cassandra
   * 4.0 does not always say so: see {@link #mayMeanTooLarge}.
   */
  BATCH_TOO_LARGE,
  /** This row will never be taken: a bad record. */
  PERMANENT,
  /** No row will be taken: no such table, no permission. The bundle fails. */
  FATAL,
  /** The cluster has too much to do: again later, and less at a time. */
  OVERLOADED,
  /** It may pass: again, a bounded number of times. */
  TRANSIENT,
  /** No node can be asked at the moment: again, for longer than {@link #TRANSIENT}. */
  NO_NODE;

  private static final Pattern TOO_LARGE =
      Pattern.compile(
          "batch too large|oversized mutation|too large for the maximum size"
              + "|exceeds allowed maximum");

  /** Of the reasons of the native protocol: something that it has no number for. */
  private static final int NO_REASON = 0;

  private static final Pattern NO_SUCH_THING =
      Pattern.compile(
          "unconfigured table|keyspace .* does not exist|table .* does not exist"
              + "|undefined column name|unknown identifier|no keyspace has been specified");

  private static final Pattern CLOSED = Pattern.compile("session is closed|channel is closing");

  /**
   * The class of a failure.
   *
   * @param idempotent whether the request can be repeated without changing the result
   */
  static FailureClass of(Throwable failure, boolean idempotent) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof AllNodesFailedException nodes) {
      return nodes.getAllErrors().values().stream()
          .flatMap(Collection::stream)
          .map(error -> of(error, idempotent))
          .min(Comparator.naturalOrder())
          .orElse(NO_NODE);
    }
    if (isTooLarge(cause)) {
      return BATCH_TOO_LARGE;
    }
    if (cause instanceof OverloadedException) {
      // Before the request was run, except when hints pile up: then some replicas have it already.
      return idempotent || !text(cause).contains("hint") ? OVERLOADED : UNKNOWN_OUTCOME;
    }
    if (cause instanceof BusyConnectionException || cause instanceof RequestThrottlingException) {
      return OVERLOADED;
    }
    if (cause instanceof UnavailableException
        || cause instanceof BootstrappingException
        || cause instanceof TruncateException) {
      return TRANSIENT;
    }
    if (cause instanceof QueryConsistencyException
        || cause instanceof CDCWriteFailureException
        || cause instanceof ServerError
        || cause instanceof DriverTimeoutException
        || cause instanceof HeartbeatException
        || cause instanceof ClosedConnectionException
        || cause instanceof IOException) {
      return idempotent ? TRANSIENT : UNKNOWN_OUTCOME;
    }
    if (cause instanceof InvalidQueryException) {
      return NO_SUCH_THING.matcher(text(cause)).find() ? FATAL : PERMANENT;
    }
    if (cause instanceof FunctionFailureException
        || cause instanceof CodecNotFoundException
        || cause instanceof IllegalArgumentException) {
      return PERMANENT;
    }
    return cause instanceof NodeUnavailableException
            || cause instanceof ConnectionInitException
            || isClosed(cause)
        ? NO_NODE
        : FATAL;
  }

  /** Whether a reader or writer may send the request again. */
  boolean mayRepeat() {
    return this == OVERLOADED || this == TRANSIENT || this == NO_NODE;
  }

  /**
   * Whether a row that failed again and again may be too large. The replicas of Cassandra 4.0 fail
   * at such a row without a word. What they store can be several times the size of its values: each
   * element of a collection is a cell of its own.
   *
   * @param bytes the size of the row's values
   */
  static boolean mayMeanTooLarge(Throwable failure, int bytes) {
    return unwrapped(failure) instanceof WriteFailureException replicas
        && replicas.getReasonMap().values().stream().allMatch(reason -> reason == NO_REASON)
        && bytes > SlotValues.LARGEST_ROW / 8;
  }

  private static boolean isTooLarge(Throwable cause) {
    return cause instanceof FrameTooLongException || TOO_LARGE.matcher(text(cause)).find();
  }

  /**
   * The session, or a connection that the driver gives up after too many requests without an
   * answer: it then fails what it would have sent there, and goes on with a new one.
   */
  private static boolean isClosed(Throwable cause) {
    return cause instanceof IllegalStateException && CLOSED.matcher(text(cause)).find();
  }

  private static String text(Throwable cause) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
