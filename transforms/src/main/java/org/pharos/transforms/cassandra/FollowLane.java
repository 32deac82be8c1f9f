package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition in a span of time, oldest first: bucket by bucket and page by page, the
 * next page on its way while one is taken. Never waits.
 */
final class FollowLane {

  /** A row and when it came. */
  record Followed(Row row, long time) {}

  private final FollowStatement statement;
  private final FollowPages pages;
  private final int partition;
  private final long to;

  /**
   * From here on to the end of its bucket is what is asked for, or after the page of this state.
   */
  private long from;

  private @Nullable ByteBuffer state;
  private FollowPages.@Nullable Request pending;
  private Iterator<Row> rows = Collections.emptyIterator();
  private @Nullable Followed head;
  private int failures;
  private long notBefore = System.nanoTime();

  FollowLane(FollowStatement statement, FollowPages pages, int partition, long from, long to) {
    this.statement = statement;
    this.pages = pages;
    this.partition = partition;
    this.from = from;
    this.to = to;
  }

  /**
   * Takes what has arrived, and asks for what comes next.
   *
   * @throws CassandraFailure if a page cannot be read
   */
  void step() {
    FollowPages.Request asked = pending;
    if (head == null && !rows.hasNext() && asked != null && asked.answer().isDone()) {
      pending = null;
      take(asked);
    }
    if (pending == null && hasMore() && System.nanoTime() - notBefore >= 0 && pages.maySend()) {
      pending = pages.send(statement.of(partition, from, to), state);
    }
    if (head == null && rows.hasNext()) {
      Row row = rows.next();
      head = new Followed(row, statement.timeOf(row));
    }
  }

  private void take(FollowPages.Request asked) {
    AsyncResultSet page;
    try {
      page = pages.take(asked);
    } catch (ExecutionException failure) {
      failures++;
      notBefore = System.nanoTime() + pages.delayOrGiveUp(asked, failure, failures).toNanos();
      return;
    }
    failures = 0;
    rows = page.currentPage().iterator();
    state = page.getExecutionInfo().getPagingState();
    if (state == null) {
      from = statement.next(from);
    }
  }

  private boolean hasMore() {
    return from < to;
  }

  /** The next row, null if it has not arrived or there is none. */
  @Nullable Followed head() {
    return head;
  }

  /** Leaves the next row behind. */
  void pass() {
    head = null;
  }

  /** Whether there is no row any more. */
  boolean isDone() {
    return head == null && !rows.hasNext() && pending == null && !hasMore();
  }
}
