package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Rows as the bytes of a table's columns in Cassandra's native protocol, and back: for programs
 * that reach Cassandra by another driver than the doors do. It needs no driver itself. Made once,
 * then used by one thread or several.
 */
public final class RowBytes {

  private final RowEncoder encoder;
  private final RowDecoder decoder;

  private RowBytes(RowEncoder encoder, RowDecoder decoder) {
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /**
   * The bytes of these columns, in this order.
   *
   * @param input the schema of the Rows to encode; it has a field for each column, except for a
   *     bucket, which is computed
   * @throws IllegalArgumentException naming every column that the table or the input lacks, or
   *     whose type in the input does not fit
   */
  public static RowBytes of(Table table, List<String> columns, Schema input) {
    return new RowBytes(
        RowEncoder.of(table, columns, input),
        RowDecoder.of(
            table.rowSchema(columns),
            columns.stream().map(name -> table.column(name).type()).toList()));
  }

  /** The schema of decoded Rows: the table's, of these columns. */
  public Schema schema() {
    return decoder.schema();
  }

  /**
   * The bytes of each column, null for null.
   *
   * @throws IllegalArgumentException if a value does not fit or a key column is null, naming it
   */
  public @Nullable ByteBuffer[] encode(Row row) {
    return encoder.encode(row);
  }

  /**
   * The Row of these bytes.
   *
   * @param bytes of each column by its position, null for null; buffers are left as they are
   */
  public Row decode(IntFunction<@Nullable ByteBuffer> bytes) {
    return decoder.decode(bytes);
  }
}
