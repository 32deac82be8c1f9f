package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The first columns of rows as the cluster sent them, decoded by the step that gives rows out. To
 * hand them on costs nothing. Where a runner writes them down they become one array, which is
 * copied, while a {@link org.apache.beam.sdk.values.Row} is encoded value by value.
 *
 * <p>The array has each row after the other, of a row each column's length (-1 for null) in four
 * bytes and its bytes.
 */
final class WireRows {
  static final WireRows NONE = new WireRows(0, 0, new byte[0]);

  private static final int NULL = -1;
  private static final byte[] NOT_YET = new byte[0];

  private final int rows;
  private final int columns;

  /** The driver's rows, until they are written down; after that null, and the array is there. */
  private volatile @Nullable List<Row> sent;

  /** Written before {@link #sent} becomes null, and read after that. */
  private byte[] bytes;

  /**
   * @param bytes as they come from {@link #bytes}
   */
  WireRows(int rows, int columns, byte[] bytes) {
    this.rows = rows;
    this.columns = columns;
    this.bytes = bytes;
  }

  /**
   * @param sent not to be changed any more
   */
  WireRows(List<Row> sent, int columns) {
    this(sent.size(), columns, NOT_YET);
    this.sent = sent;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** The array, to be left as it is. */
  byte[] bytes() {
    List<Row> driverRows = sent;
    if (driverRows == null) {
      return bytes;
    }
    byte[] written = written(driverRows);
    bytes = written;
    sent = null;
    return written;
  }

  private byte[] written(List<Row> driverRows) {
    int size = Integer.BYTES * rows * columns;
    for (Row row : driverRows) {
      for (int i = 0; i < columns; i++) {
        ByteBuffer cell = row.getBytesUnsafe(i);
        size = Math.addExact(size, cell == null ? 0 : cell.remaining());
      }
    }
    ByteBuffer all = ByteBuffer.allocate(size);
    for (Row row : driverRows) {
      for (int i = 0; i < columns; i++) {
        ByteBuffer cell = row.getBytesUnsafe(i);
        if (cell == null) {
          all.putInt(NULL);
        } else {
          all.putInt(cell.remaining()).put(cell.duplicate());
        }
      }
    }
    return all.array();
  }

  /** Gives out each row, in their order, decoded. */
  void each(RowDecoder decoder, Consumer<org.apache.beam.sdk.values.Row> out) {
    List<Row> driverRows = sent;
    if (driverRows != null) {
      driverRows.forEach(row -> out.accept(decoder.decode(row)));
      return;
    }
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    for (int i = 0; i < rows; i++) {
      out.accept(decoder.decode(column -> next(rest)));
    }
  }

  private static @Nullable ByteBuffer next(ByteBuffer rest) {
    int length = rest.getInt();
    if (length == NULL) {
      return null;
    }
    ByteBuffer cell = rest.slice(rest.position(), length);
    rest.position(rest.position() + length);
    return cell;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WireRows same
        && rows == same.rows
        && columns == same.columns
        && Arrays.equals(bytes(), same.bytes());
  }

  @Override
  public int hashCode() {
    return 31 * rows + Arrays.hashCode(bytes());
  }
}
