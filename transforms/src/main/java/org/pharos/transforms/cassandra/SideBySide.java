package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Walks along the same span of two tables, whose rows come in one order, and brings together what
 * has the same key. No more than two pages of each are held, however many rows there are and
 * however few they have in common.
 */
final class SideBySide {

  /** A row, and when it was read by {@link System#nanoTime}. */
  record Read(Row row, long arrivedNanos) {}

  /** What is done with a pair, of which one may be missing. */
  interface Pairs {
    /** A new partition, by the first row that each table has of it. */
    void partition(@Nullable Read left, @Nullable Read right);

    /** A row of the partition in both tables, or in one of them. */
    void row(@Nullable Read left, @Nullable Read right);
  }

  private final RowOrder order;
  private final RowCursor left;
  private final RowCursor right;
  private final Pairs pairs;

  SideBySide(RowOrder order, RowCursor left, RowCursor right, Pairs pairs) {
    this.order = order;
    this.left = left;
    this.right = right;
    this.pairs = pairs;
  }

  /** To the end of both. */
  void walk() {
    while (true) {
      RowOrder.Partition a = left.partition();
      RowOrder.Partition b = right.partition();
      if (a == null && b == null) {
        return;
      }
      int side = a == null ? 1 : b == null ? -1 : a.compareTo(b);
      pairs.partition(side <= 0 ? read(left) : null, side >= 0 ? read(right) : null);
      walkPartition(side <= 0 ? a : null, side >= 0 ? b : null);
    }
  }

  private void walkPartition(
      RowOrder.@Nullable Partition ofLeft, RowOrder.@Nullable Partition ofRight) {
    while (true) {
      Read a = next(left, ofLeft);
      Read b = next(right, ofRight);
      if (a == null && b == null) {
        return;
      }
      int side = a == null ? 1 : b == null ? -1 : order.compareInPartition(a.row(), b.row());
      pairs.row(side <= 0 ? a : null, side >= 0 ? b : null);
      if (side <= 0) {
        left.advance();
      }
      if (side >= 0) {
        right.advance();
      }
    }
  }

  /** The next row of a partition, after static columns that have none. */
  @SuppressWarnings("ReferenceEquality") // a cursor keeps the object while the partition lasts
  private @Nullable Read next(RowCursor cursor, RowOrder.@Nullable Partition of) {
    while (of != null && cursor.partition() == of) {
      Read read = read(cursor);
      if (order.isRow(read.row())) {
        return read;
      }
      cursor.advance();
    }
    return null;
  }

  private static Read read(RowCursor cursor) {
    Row row = cursor.head();
    if (row == null) {
      throw new IllegalStateException("after the last row");
    }
    return new Read(row, cursor.arrivedNanos());
  }
}
