package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.pharos.schemas.Column;

/**
 * Writes cells of rows that were read, as the bytes that they are, with a write time and a time to
 * live. Cells that are not given stay as they are.
 */
final class CopyStatement {
  private static final org.apache.beam.sdk.values.Row NO_ROW =
      org.apache.beam.sdk.values.Row.nullRow(Schema.of());

  private final PreparedStatement prepared;
  private final SlotValues values;

  /** The markers of the key. */
  private final List<Integer> key = new ArrayList<>();

  /** The marker of a column by its position in the rows read. */
  private final int[] markers;

  private int timestamp;
  private int timeToLive;

  private CopyStatement(PreparedStatement prepared, SlotValues values, int width) {
    this.prepared = prepared;
    this.values = values;
    this.markers = new int[width];
    for (int i = 0; i < values.count(); i++) {
      Slot slot = values.slot(i);
      switch (slot.role()) {
        case TIMESTAMP -> timestamp = i;
        case TIME_TO_LIVE -> timeToLive = i;
        case KEY -> key.add(i);
        default -> {}
      }
      if (slot.field() >= 0) {
        markers[slot.field()] = i;
      }
    }
  }

  /**
   * Prepares a statement whose slots' fields are positions in the rows read.
   *
   * @throws CassandraFailure if the server refuses it
   */
  static CopyStatement prepare(
      WriteStatement statement, WritePlan plan, WriteSettings settings, CqlSession session) {
    int width = 1 + statement.slots().stream().mapToInt(Slot::field).max().orElse(0);
    return new CopyStatement(
        StatementBinder.prepared(statement, plan, settings, session),
        new SlotValues(statement, plan, settings),
        width);
  }

  /** Slots for columns of the key, which are the first of the rows read. */
  static List<Slot> keySlots(List<Column> columns) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      slots.add(new Slot(Slot.Role.KEY, columns.get(i).name(), columns.get(i).type(), i));
    }
    return slots;
  }

  /** Slots for cells. */
  static List<Slot> slots(List<TimedCells.Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                new Slot(Slot.Role.SET, cell.column().name(), cell.column().type(), cell.value()))
        .toList();
  }

  /**
   * The statement for cells of a row.
   *
   * @param seconds the time to live, or {@link TimedCells#FOREVER}
   * @throws RejectedRow if they are more than a server takes
   */
  PendingRow bind(Row row, List<TimedCells.Cell> cells, long micros, int seconds) {
    BoundStatementBuilder builder = prepared.boundStatementBuilder();
    int bytes = 0;
    int written = 0;
    for (int marker : key) {
      ByteBuffer value = row.getBytesUnsafe(values.slot(marker).field());
      bytes += value == null ? 0 : value.remaining();
      builder = builder.setBytesUnsafe(marker, value);
    }
    for (TimedCells.Cell cell : cells) {
      ByteBuffer value = row.getBytesUnsafe(cell.value());
      if (value != null) {
        int marker = markers[cell.value()];
        bytes = Math.addExact(bytes, value.remaining());
        written += values.cells(marker, value);
        builder = builder.setBytesUnsafe(marker, value);
      }
    }
    values.checkSize(bytes);
    // Without a time to live of its own a cell would get the table's default: 0 means for ever.
    int life = seconds == TimedCells.FOREVER ? 0 : seconds;
    builder =
        builder
            .setBytesUnsafe(timestamp, micros(micros))
            .setBytesUnsafe(timeToLive, ByteBuffer.allocate(Integer.BYTES).putInt(0, life));
    ByteBuffer partition = values.routingKey(builder::getBytesUnsafe);
    return pending(builder.setRoutingKey(partition).build(), partition, bytes, written);
  }

  private static PendingRow pending(
      BoundStatement statement, ByteBuffer partition, int bytes, int cells) {
    return new PendingRow(
        NO_ROW,
        BoundedWindow.TIMESTAMP_MIN_VALUE,
        GlobalWindow.INSTANCE,
        PaneInfo.NO_FIRING,
        statement,
        partition,
        bytes,
        cells);
  }

  private static ByteBuffer micros(long micros) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, micros);
  }

  /** Whether this statement made that of the row. */
  boolean made(PendingRow row) {
    return row.statement().getPreparedStatement().getId().equals(prepared.getId());
  }

  /** The same, written a microsecond later, which replaces what it may have written. */
  PendingRow later(PendingRow row) {
    ByteBuffer before = row.statement().getBytesUnsafe(timestamp);
    long time = before == null ? WriteClock.now() : before.getLong(before.position());
    return pending(
        row.statement().setBytesUnsafe(timestamp, micros(time + 1)),
        row.partition(),
        row.bytes(),
        row.cells());
  }

  /** What is left of a time to live that was read at a moment of {@link System#nanoTime}. */
  static int left(int timeToLive, long arrivedNanos) {
    return timeToLive == TimedCells.FOREVER
        ? timeToLive
        : (int) (timeToLive - TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - arrivedNanos));
  }
}
