package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** Binds rows to one prepared statement, by position. */
final class StatementBinder {
  private final PreparedStatement prepared;
  private final SlotValues values;

  private StatementBinder(PreparedStatement prepared, SlotValues values) {
    this.prepared = prepared;
    this.values = values;
  }

  /**
   * Prepares the statement.
   *
   * @throws CassandraFailure if the server refuses the statement
   */
  static StatementBinder prepare(
      WriteStatement statement, WritePlan plan, WriteSettings settings, CqlSession session) {
    return new StatementBinder(
        prepared(statement, plan, settings, session), new SlotValues(statement, plan, settings));
  }

  /** The statement as the server knows it; what it refuses is told as {@link #prepare} does. */
  static PreparedStatement prepared(
      WriteStatement statement, WritePlan plan, WriteSettings settings, CqlSession session) {
    SimpleStatement simple =
        SimpleStatement.newInstance(statement.cql())
            .setIdempotent(plan.repeatableAsIs())
            .setConsistencyLevel(settings.consistency.toDriver())
            .setSerialConsistencyLevel(settings.serialConsistency.toDriver());
    try {
      return session.prepare(simple);
    } catch (RuntimeException e) {
      throw CassandraFailure.of(
          "preparing " + statement.cql(),
          plan.table().qualifiedName(),
          "Check that the keyspace and the table are there with these columns (Tables.verify"
              + " compares them), and that the user may write.",
          e);
    }
  }

  /**
   * The row as a statement.
   *
   * @throws RejectedRow if a value does not fit, a key column is null, or the row is too large
   */
  PendingRow bind(
      Row row, Instant timestamp, BoundedWindow window, PaneInfo pane, long micros, int ttl) {
    BoundStatementBuilder builder = prepared.boundStatementBuilder();
    int bytes = 0;
    int cells = 0;
    for (int i = 0; i < values.count(); i++) {
      switch (values.slot(i).role()) {
        // Bytes, since the driver looks a codec up for each typed value.
        case TIMESTAMP ->
            builder = builder.setBytesUnsafe(i, ByteBuffer.allocate(Long.BYTES).putLong(0, micros));
        case TIME_TO_LIVE -> {
          if (ttl != RowTiming.DEFAULT_TTL) {
            builder = builder.setBytesUnsafe(i, ByteBuffer.allocate(Integer.BYTES).putInt(0, ttl));
          }
        }
        default -> {
          ByteBuffer value = values.encode(i, row);
          if (value != null) {
            bytes = Math.addExact(bytes, value.remaining());
            cells += values.cells(i, value);
            builder = builder.setBytesUnsafe(i, value);
          } else if (values.nullIsWritten(i)) {
            builder = builder.setBytesUnsafe(i, null);
          }
        }
      }
    }
    values.checkSize(bytes);
    ByteBuffer key = values.routingKey(builder::getBytesUnsafe);
    BoundStatement statement = builder.setRoutingKey(key).build();
    return new PendingRow(row, timestamp, window, pane, statement, key, bytes, cells);
  }
}
