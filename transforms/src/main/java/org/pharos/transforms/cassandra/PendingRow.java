package org.pharos.transforms.cassandra;

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
  private static final int BESIDE_ROW = 32;
  private static final int BESIDE_CELL = 20;

  /** What the server counts of the row, or somewhat more: it adds to each row and each cell. */
  long serverBytes() {
    return BESIDE_ROW + (long) BESIDE_CELL * cells + bytes;
  }
}
