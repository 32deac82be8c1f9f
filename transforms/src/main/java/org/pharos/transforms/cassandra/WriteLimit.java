package org.pharos.transforms.cassandra;

import java.io.Serializable;

/**
 * How fast a job may write: an upper bound for the rows that all its writers of one connection send
 * in a second, attempts that are repeated included. Each worker process keeps to its part by
 * itself: Beam tells no transform how many there are, and a shuffle to share a limit out would cost
 * more than it saves. Within a process the part is shared by whoever writes.
 *
 * @param rowsPerSecond of the whole job; positive
 * @param workers how many processes write (Flink: task managers that run the job; Spark:
 *     executors); with fewer the job is slower than the limit, with more it may exceed it
 */
public record WriteLimit(double rowsPerSecond, int workers) implements Serializable {

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public WriteLimit {
    if (!(rowsPerSecond > 0) || Double.isInfinite(rowsPerSecond)) {
      throw new IllegalArgumentException(
          "rows per second are a number above 0, not " + rowsPerSecond);
    }
    if (workers < 1) {
      throw new IllegalArgumentException("workers are at least 1, not " + workers);
    }
  }

  /** So many rows a second, by a job that runs in one process. */
  public static WriteLimit rowsPerSecond(double rows) {
    return new WriteLimit(rows, 1);
  }

  /** The same limit for a job whose writers run in so many processes. Default: one. */
  public WriteLimit acrossWorkers(int workers) {
    return new WriteLimit(rowsPerSecond, workers);
  }

  double ofEachWorker() {
    return rowsPerSecond / workers;
  }
}
