package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a span, one at a time and in order. The order is checked row by row: whoever merges
 * two cursors relies on nothing else, so a server that sorted otherwise than {@link RowOrder} knows
 * is an error and not a wrong result.
 */
final class RowCursor {
  private final PageCursor pages;
  private final RowOrder order;
  private final String table;

  private PageCursor.@Nullable Page page;
  private int at;
  private @Nullable Row head;
  private RowOrder.@Nullable Partition partition;

  /**
   * At the first row.
   *
   * @param table for messages
   */
  RowCursor(PageCursor pages, RowOrder order, String table) {
    this.pages = pages;
    this.order = order;
    this.table = table;
    advance();
  }

  /** The row to take next; null after the last. */
  @Nullable Row head() {
    return head;
  }

  /** The partition that the next row is of; null after the last. */
  RowOrder.@Nullable Partition partition() {
    return partition;
  }

  /** When the next row was read, by {@link System#nanoTime}; 0 after the last. */
  long arrivedNanos() {
    return page == null ? 0 : page.arrivedNanos();
  }

  /**
   * Goes to the next row.
   *
   * @throws CassandraFailure if it cannot be read, or does not come after the last one
   */
  void advance() {
    if (page == null || at == page.rows().size()) {
      page = pages.next();
      at = 0;
    }
    if (page == null) {
      head = null;
      partition = null;
      return;
    }
    Row last = head;
    RowOrder.Partition lastPartition = partition;
    Row row = page.rows().get(at++);
    head = row;
    partition = order.partition(row, lastPartition);
    if (last != null && lastPartition != null) {
      int step = lastPartition.compareTo(partition);
      if (step > 0 || (step == 0 && order.compareInPartition(last, row) >= 0)) {
        throw new CassandraFailure(
            "the rows of "
                + table
                + " near token "
                + lastPartition.token()
                + " come in another order than that of their clustering columns: nothing can be"
                + " said of them");
      }
    }
  }
}
