package org.pharos.transforms.cassandra;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the readers and writers of this JVM have done since it started, repeated and failed bundles
 * included: for whoever shows the progress of a job that runs in the same JVM on a runner which
 * tells a job's metrics only at its end. What a job came to is told by its metrics.
 *
 * @param rowsRead rows that were read
 * @param rowsWritten rows that were written
 * @param splitsPlanned splits that tables were to be read in
 * @param splitsRead splits that were read to their end
 */
public record Traffic(long rowsRead, long rowsWritten, long splitsPlanned, long splitsRead) {

  private static final LongAdder ROWS_READ = new LongAdder();
  private static final LongAdder ROWS_WRITTEN = new LongAdder();
  private static final LongAdder SPLITS_PLANNED = new LongAdder();
  private static final LongAdder SPLITS_READ = new LongAdder();

  /** Until now. */
  public static Traffic soFar() {
    return new Traffic(
        ROWS_READ.sum(), ROWS_WRITTEN.sum(), SPLITS_PLANNED.sum(), SPLITS_READ.sum());
  }

  /** What came after an earlier moment. */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        rowsRead - earlier.rowsRead,
        rowsWritten - earlier.rowsWritten,
        splitsPlanned - earlier.splitsPlanned,
        splitsRead - earlier.splitsRead);
  }

  static void read(int rows) {
    ROWS_READ.add(rows);
  }

  static void wrote(int rows) {
    ROWS_WRITTEN.add(rows);
  }

  static void planned(int splits) {
    SPLITS_PLANNED.add(splits);
  }

  static void readSplit() {
    SPLITS_READ.increment();
  }
}
