package org.pharos.transforms.cassandra;

/**
 * How many rows to ask for at a time. Begins small, since rows may be large, and grows towards
 * pages of about a megabyte as their size shows; a request that failed for its size lowers the
 * limit, which then rises slowly again.
 */
final class PageSize {

  static final int FIRST = 256;
  static final int SMALL = 64;
  static final int MOST = 10_000;
  static final long TARGET_BYTES = 1 << 20;

  private final int most;
  private final double targetBytes;
  private double rows;
  private double limit;

  PageSize() {
    this(FIRST, MOST, TARGET_BYTES);
  }

  /** For who holds pages of several readers at a time: from these rows to those, or these bytes. */
  PageSize(int first, int most, long targetBytes) {
    this.most = most;
    this.targetBytes = targetBytes;
    this.rows = first;
    this.limit = most;
  }

  int rows() {
    return (int) Math.max(1, Math.min(rows, limit));
  }

  void arrived(int count, long bytes) {
    limit = Math.min(most, Math.max(limit * 1.1, limit + 1));
    if (count > 0 && bytes > 0) {
      rows = Math.min(most, Math.min(targetBytes * count / bytes, rows() * 4.0));
    }
  }

  /**
   * A request for so many rows failed.
   *
   * @param inARow how often, without an answer in between: a single failure says little of small
   *     pages
   */
  void tooLarge(int asked, int inARow) {
    limit = inARow > 1 || asked >= 2 * SMALL ? Math.max(1, asked / 2.0) : asked;
  }
}
