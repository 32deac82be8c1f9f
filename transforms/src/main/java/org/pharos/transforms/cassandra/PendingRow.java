package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/**
 * A row on its way, with what its result needs: its own timestamp, window and pane.
 *
 * @param partition the routing key of its partition
 * @param bytes the size of its values
 * @param cells how many cells the server makes of them, about
 */
record PendingRow(
    Row row,
    Instant timestamp,
    BoundedWindow window,
    PaneInfo pane,
    BoundStatement statement,
    ByteBuffer partition,
    int bytes,
    int cells) {
  // As the server calls the marker of USING TIMESTAMP.
  private static final CqlIdentifier TIMESTAMP = CqlIdentifier.fromInternal("[timestamp]");
  private static final int BESIDE_ROW = 32;
  private static final int BESIDE_CELL = 20;

  /** The statement with a timestamp so many microseconds later. */
  BoundStatement statement(int micros) {
    if (micros == 0) {
      return statement;
    }
    ByteBuffer first = statement.getBytesUnsafe(TIMESTAMP);
    if (first == null) {
      throw new IllegalStateException("no timestamp was bound");
    }
    ByteBuffer later = ByteBuffer.allocate(Long.BYTES);
    return statement.setBytesUnsafe(
        TIMESTAMP, later.putLong(0, first.getLong(first.position()) + micros));
  }

  /** What the server counts of the row, or somewhat more: it adds to each row and each cell. */
  long serverBytes() {
    return BESIDE_ROW + (long) BESIDE_CELL * cells + bytes;
  }
}
