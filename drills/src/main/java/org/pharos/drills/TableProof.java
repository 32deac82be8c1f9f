package org.pharos.drills;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/** What a table holds, read by the bare driver: none of our doors takes part in the proof. */
final class TableProof {
  private static final int RANGES = 8;
  private static final int THREADS = 2;

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
    for (Row row : execute(statement)) {
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
    }
    return tally;
  }

  /** What the counter of each entity says. */
  Map<Long, Long> counters(Table table, String counter) {
    Map<Long, Long> counters = new HashMap<>();
    String query =
        "SELECT %s, %s FROM %s".formatted(NumberedRows.ENTITY, counter, table.qualifiedName());
    for (Row row : execute(SimpleStatement.newInstance(query))) {
      counters.put(row.getLong(0), row.getLong(1));
    }
    return counters;
  }

  private Iterable<Row> execute(SimpleStatement statement) {
    return session.execute(statement.setConsistencyLevel(ConsistencyLevel.LOCAL_QUORUM));
  }
}
