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
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Bucket;
import org.pharos.transforms.errors.Reason;

/** Binds rows to one prepared statement, by position. */
final class StatementBinder {
  /** What a server takes by default, both as a request and as a mutation. */
  static final int LARGEST_ROW = 16 << 20;

  private static final int LARGEST_KEY = 0xFFFF;

  private final PreparedStatement prepared;
  private final Slot[] slots;
  private final ColumnCodec[] codecs;
  private final int[] partition;
  private final boolean nullsReplace;
  private final @Nullable Bucket bucket;

  private StatementBinder(
      PreparedStatement prepared,
      WriteStatement statement,
      WritePlan plan,
      WriteSettings settings) {
    this.prepared = prepared;
    this.slots = statement.slots().toArray(Slot[]::new);
    this.codecs =
        statement.slots().stream()
            .map(slot -> ColumnCodec.of(slot.type()))
            .toArray(ColumnCodec[]::new);
    this.partition = statement.partition().stream().mapToInt(Integer::intValue).toArray();
    this.nullsReplace = settings.nulls == Nulls.REPLACE;
    this.bucket = plan.table().bucket().orElse(null);
  }

  /**
   * Prepares the statement.
   *
   * @throws CassandraFailure if the server refuses the statement
   */
  static StatementBinder prepare(
      WriteStatement statement, WritePlan plan, WriteSettings settings, CqlSession session) {
    SimpleStatement simple =
        SimpleStatement.newInstance(statement.cql())
            .setIdempotent(plan.repeatable())
            .setConsistencyLevel(settings.consistency.toDriver())
            .setSerialConsistencyLevel(settings.serialConsistency.toDriver());
    try {
      return new StatementBinder(session.prepare(simple), statement, plan, settings);
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
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      switch (slot.role()) {
        case TIMESTAMP -> builder = builder.setLong(i, micros);
        case TIME_TO_LIVE -> {
          if (ttl != RowTiming.DEFAULT_TTL) {
            builder = builder.setInt(i, ttl);
          }
        }
        default -> {
          ByteBuffer value = encode(slot, codecs[i], row);
          if (value != null) {
            bytes = Math.addExact(bytes, value.remaining());
            builder = builder.setBytesUnsafe(i, value);
          } else if (nullIsWritten(slot)) {
            builder = builder.setBytesUnsafe(i, null);
          }
        }
      }
    }
    if (bytes > LARGEST_ROW) {
      throw new RejectedRow(
          Reason.TOO_LARGE, bytes + " bytes of values are more than the server's " + LARGEST_ROW);
    }
    ByteBuffer key = routingKey(builder);
    BoundStatement statement = builder.setRoutingKey(key).build();
    return new PendingRow(row, timestamp, window, pane, statement, key, bytes);
  }

  private boolean nullIsWritten(Slot slot) {
    return slot.role() == Slot.Role.CONDITION || (slot.role() == Slot.Role.SET && nullsReplace);
  }

  private @Nullable ByteBuffer encode(Slot slot, ColumnCodec codec, Row row) {
    Object value = slot.field() == Slot.COMPUTED ? null : row.getValue(slot.field());
    try {
      if (value == null && slot.role() == Slot.Role.BUCKET && bucket != null) {
        value = bucket.of(row);
      }
      ByteBuffer bytes = codec.encode(value);
      if (bytes != null || (slot.role() != Slot.Role.KEY && slot.role() != Slot.Role.BUCKET)) {
        return bytes;
      }
    } catch (RuntimeException e) {
      throw new RejectedRow(Reason.MAPPING, "column " + slot.column() + ": " + e.getMessage(), e);
    }
    throw new RejectedRow(Reason.KEY, "column " + slot.column() + " of the key is null");
  }

  /** One column is the key itself; several are joined, each with its length and an end mark. */
  private ByteBuffer routingKey(BoundStatementBuilder builder) {
    int bytes = 0;
    for (int position : partition) {
      bytes += builtBytes(builder, position).remaining();
    }
    if (bytes > LARGEST_KEY) {
      throw new RejectedRow(
          Reason.TOO_LARGE, bytes + " bytes of partition key are more than " + LARGEST_KEY);
    }
    if (partition.length == 1) {
      return builtBytes(builder, partition[0]);
    }
    ByteBuffer key = ByteBuffer.allocate(bytes + 3 * partition.length);
    for (int position : partition) {
      ByteBuffer value = builtBytes(builder, position);
      key.putShort((short) value.remaining()).put(value.duplicate()).put((byte) 0);
    }
    return key.flip();
  }

  private static ByteBuffer builtBytes(BoundStatementBuilder builder, int position) {
    ByteBuffer bytes = builder.getBytesUnsafe(position);
    if (bytes == null) {
      throw new IllegalStateException("a key without value was bound");
    }
    return bytes;
  }
}
