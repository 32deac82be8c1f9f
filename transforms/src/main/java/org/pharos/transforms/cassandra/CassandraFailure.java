package org.pharos.transforms.cassandra;

import org.jspecify.annotations.Nullable;

/**
 * Cassandra did not do what was asked. The message says what failed, where, and what to do; it
 * never holds a secret or a row's values.
 */
public final class CassandraFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CassandraFailure(String message) {
    super(message);
  }

  CassandraFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * A failure whose message is made of its three parts and the reason that the cause gives.
   *
   * @param what what failed: "reading a range"
   * @param where keyspace.table, or the connection
   * @param advice what the reader can do about it
   */
  static CassandraFailure of(String what, String where, String advice, Throwable cause) {
    String reason = cause.getMessage();
    return new CassandraFailure(
        what
            + " failed at "
            + where
            + ": "
            + (reason == null ? cause.getClass().getSimpleName() : reason)
            + ". "
            + advice,
        cause);
  }
}
