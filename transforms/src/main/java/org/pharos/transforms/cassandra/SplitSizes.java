package org.pharos.transforms.cassandra;

/**
 * How large to make splits.
 *
 * @param target bytes a split when the table is large
 * @param least bytes a split is worth: a table that is thought smaller is one split, since each
 *     split costs a few round trips, and a small table as many splits costs mostly those
 * @param parallelism how many splits are read at a time
 */
record SplitSizes(long target, long least, int parallelism) {

  /** Small enough that a failed split costs seconds; 16,000 of them are a terabyte. */
  static final long TARGET = 64L << 20;

  static final long LEAST = 8L << 20;

  static SplitSizes of(long target, int parallelism) {
    return new SplitSizes(target, Math.min(target, LEAST), parallelism);
  }

  /**
   * Bytes a split of a table of so many bytes: twice as many splits as workers if that is sensible.
   */
  double splitBytes(double tableBytes) {
    return Math.min((double) target, Math.max((double) least, tableBytes / wanted()));
  }

  /** How many splits even out workers of different speed. */
  int wanted() {
    return 2 * parallelism;
  }
}
