package org.pharos.drills;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryConsistencyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/** What a table holds, read by the bare driver: none of our doors takes part in the proof. */
final class TableProof {
  private static final int RANGES = 8;
  private static final int THREADS = 2;
  private static final int PAGE = 5_000;
  private static final int TRIES = 20;

  private final CqlSession session;

  TableProof(CqlSession session) {
    this.session = session;
  }

  /**
   * Compares every row.
   *
   * @param eventTimes whether each must have been written at its own event's time
   */
  RowTally of(Table table, NumberedRows rows, boolean eventTimes) {
    List<String> columns = table.columns().stream().map(Column::name).toList();
    String writeTime = eventTimes ? ", writetime(payload)" : "";
    String query =
        "SELECT %s%s FROM %s WHERE token(%s) >= ? AND token(%<s) <= ?"
            .formatted(
                String.join(", ", columns), writeTime, table.qualifiedName(), NumberedRows.ENTITY);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<RowTally>> parts = new ArrayList<>();
      long width = Long.divideUnsigned(-1, RANGES);
      for (int i = 0; i < RANGES; i++) {
        long start = Long.MIN_VALUE + i * width + (i == 0 ? 0 : 1);
        long end = i == RANGES - 1 ? Long.MAX_VALUE : Long.MIN_VALUE + (i + 1) * width;
        SimpleStatement statement =
            SimpleStatement.newInstance(query, start, end).setPageSize(rows.pageRows());
        parts.add(threads.submit(() -> part(statement, columns.size(), rows, eventTimes)));
      }
      RowTally sum = new RowTally();
      for (Future<RowTally> part : parts) {
        sum.addAll(part.get());
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a table was checked", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a table cannot be checked: " + e.getMessage(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  private RowTally part(
      SimpleStatement statement, int columns, NumberedRows rows, boolean eventTimes) {
    RowTally tally = new RowTally();
    each(
        statement,
        row -> {
          List<Object> values = new ArrayList<>(columns);
          for (int i = 0; i < columns; i++) {
            Object value = row.getObject(i);
            values.add(value == null ? "null" : value);
          }
          if (eventTimes && row.getLong(columns) != rows.eventMicros(row.getLong(1))) {
            tally.addWrong();
          } else {
            tally.add(rows, values);
          }
        });
    return tally;
  }

  /** What the counter of each entity says. */
  Map<Long, Long> counters(Table table, String counter) {
    Map<Long, Long> counters = new HashMap<>();
    String query =
        "SELECT %s, %s FROM %s".formatted(NumberedRows.ENTITY, counter, table.qualifiedName());
    each(SimpleStatement.newInstance(query), row -> counters.put(row.getLong(0), row.getLong(1)));
    return counters;
  }

  /** A node that is weak on purpose may need several tries for a page, and smaller ones. */
  private void each(SimpleStatement statement, Consumer<Row> taker) {
    SimpleStatement next = statement.setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM);
    int size = statement.getPageSize() > 0 ? statement.getPageSize() : PAGE;
    int failures = 0;
    while (true) {
      ResultSet page;
      try {
        page = session.execute(next.setPageSize(size));
      } catch (QueryConsistencyException | DriverTimeoutException e) {
        if (++failures > TRIES) {
          throw e;
        }
        size = Math.max(1, size / 2);
        continue;
      }
      failures = 0;
      for (int left = page.getAvailableWithoutFetching(); left > 0; left--) {
        Row row = page.one();
        if (row != null) {
          taker.accept(row);
        }
      }
      ByteBuffer state = page.getExecutionInfo().getPagingState();
      if (state == null) {
        return;
      }
      next = next.setPagingState(state);
    }
  }
}
