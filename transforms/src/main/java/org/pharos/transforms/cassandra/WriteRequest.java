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
  final Statement<?> statement;
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
    this.statement = statement;
    this.looks = looks;
    this.bytes = rows.stream().mapToInt(PendingRow::bytes).sum();
  }

  /** Writes rows of the same replicas. A single row is never wrapped into a batch. */
  static WriteRequest write(WriteTarget target, List<PendingRow> rows) {
    return new WriteRequest(
        target, rows, rows.size() == 1 ? rows.get(0).statement() : batch(target, rows), false);
  }

  private static Statement<?> batch(WriteTarget target, List<PendingRow> rows) {
    BatchStatementBuilder batch =
        BatchStatement.builder(
                target.plan().table().hasCounters() ? BatchType.COUNTER : BatchType.UNLOGGED)
            .setIdempotence(target.plan().repeatable())
            .setConsistencyLevel(rows.get(0).statement().getConsistencyLevel())
            // The driver would look for it in each of the rows, several times.
            .setRoutingKeyspace(target.keyspace())
            .setRoutingKey(rows.get(0).partition());
    for (PendingRow row : rows) {
      batch = batch.addStatement(row.statement());
    }
    return batch.build();
  }

  static WriteRequest look(WriteTarget target, PendingRow row, Statement<?> select) {
    return new WriteRequest(target, List.of(row), select, true);
  }

  boolean repeatable() {
    return looks || target.plan().repeatable();
  }
}
