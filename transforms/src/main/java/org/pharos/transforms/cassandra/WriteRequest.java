package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.List;

/** One request to the cluster: a row, a batch of rows of the same replicas, or a look at a row. */
final class WriteRequest {
  final WriteTarget target;
  final List<PendingRow> rows;
  private final Statement<?> first;
  final int bytes;

  /** Whether it only reads the row again, to find out what became of a conditional write. */
  final boolean looks;

  int attempts;

  /** How often no node could be asked, which is not among the attempts. */
  int unasked;

  /** Of a look: the attempts that the write had had. */
  int writeAttempts;

  long startedNanos;
  long dueNanos;

  private WriteRequest(
      WriteTarget target, List<PendingRow> rows, Statement<?> statement, boolean looks) {
    this.target = target;
    this.rows = rows;
    this.first = statement;
    this.looks = looks;
    this.bytes = rows.stream().mapToInt(PendingRow::bytes).sum();
  }

  /** Writes rows of the same replicas. A single row is never wrapped into a batch. */
  static WriteRequest write(WriteTarget target, List<PendingRow> rows) {
    return new WriteRequest(target, rows, together(target, rows, 0), false);
  }

  /** The statements of rows, their timestamps later by some microseconds. */
  private static Statement<?> together(WriteTarget target, List<PendingRow> rows, int later) {
    if (rows.size() == 1) {
      return rows.get(0).statement(later);
    }
    BatchStatementBuilder batch =
        BatchStatement.builder(
                target.plan().table().hasCounters() ? BatchType.COUNTER : BatchType.UNLOGGED)
            .setIdempotence(target.plan().repeatableAsIs())
            .setConsistencyLevel(rows.get(0).statement().getConsistencyLevel())
            // The driver would look for it in each of the rows, several times.
            .setRoutingKeyspace(target.keyspace())
            .setRoutingKey(rows.get(0).partition());
    for (PendingRow row : rows) {
      batch = batch.addStatement(row.statement(later));
    }
    return batch.build();
  }

  static WriteRequest look(WriteTarget target, PendingRow row, Statement<?> select) {
    return new WriteRequest(target, List.of(row), select, true);
  }

  /** What to send in this attempt. */
  Statement<?> statement() {
    return attempts < 2 || looks || !target.plan().later()
        ? first
        : together(target, rows, attempts - 1);
  }

  boolean repeatable() {
    return looks || target.plan().repeatable();
  }
}
