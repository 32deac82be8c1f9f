package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * Turns Rows of one schema into the bytes of a table's columns, in a given order. What does not fit
 * is told when the encoder is made, all of it at once; the types are the table's, not the Row's. A
 * bucket column that the Rows lack is computed from the others.
 */
final class RowEncoder {

  private static final int FROM_BUCKET = -1;

  private final List<String> columns;
  private final ColumnCodec[] codecs;
  private final int[] fields;
  private final boolean[] required;
  private final @Nullable Bucket bucket;

  private RowEncoder(Table table, List<String> columns, Schema input) {
    this.columns = List.copyOf(columns);
    this.codecs = new ColumnCodec[columns.size()];
    this.fields = new int[columns.size()];
    this.required = new boolean[columns.size()];
    this.bucket = table.bucket().orElse(null);
    for (int i = 0; i < codecs.length; i++) {
      Column column = table.column(columns.get(i));
      codecs[i] = ColumnCodec.of(column.type());
      fields[i] = input.hasField(column.name()) ? input.indexOf(column.name()) : FROM_BUCKET;
      required[i] =
          column.kind() == Column.Kind.PARTITION_KEY
              || (column.kind() == Column.Kind.CLUSTERING && !table.hasStaticColumns());
    }
  }

  /**
   * An encoder of these columns.
   *
   * @throws IllegalArgumentException as {@link #checkFits(Table, List, Schema)} does
   */
  static RowEncoder of(Table table, List<String> columns, Schema input) {
    checkFits(table, columns, input);
    return new RowEncoder(table, columns, input);
  }

  /**
   * Checks that every field of the input is a column of the table and can be written to it.
   *
   * @throws IllegalArgumentException naming each field that is not, or cannot, and why
   */
  static void checkFits(Table table, Schema input) {
    checkFits(table, input.getFieldNames(), input);
  }

  /**
   * Checks that each of these columns is in the table and in the input, with a type that fits.
   *
   * @throws IllegalArgumentException naming each column that is not, or does not, and why
   */
  static void checkFits(Table table, List<String> columns, Schema input) {
    List<String> mismatches = new ArrayList<>();
    for (String name : columns) {
      String mismatch = mismatch(table, name, input);
      if (mismatch != null) {
        mismatches.add(mismatch);
      }
    }
    if (!mismatches.isEmpty()) {
      throw new IllegalArgumentException(
          "the input does not fit " + table.qualifiedName() + ": " + String.join("; ", mismatches));
    }
  }

  private static @Nullable String mismatch(Table table, String name, Schema input) {
    Column column = table.find(name).orElse(null);
    if (column == null) {
      return "there is no column " + name + ", only " + names(table.columns());
    }
    if (input.hasField(name)) {
      String problem = TypeFit.problem(column.type(), input.getField(name).getType());
      return problem == null ? null : "column " + name + " " + problem;
    }
    Bucket bucket = table.bucket().orElse(null);
    if (bucket == null || !bucket.column().equals(name)) {
      return "column " + name + " is not in the input, only " + input.getFieldNames();
    }
    List<String> missing =
        bucket.sources().stream().filter(source -> !input.hasField(source)).toList();
    return missing.isEmpty()
        ? null
        : "bucket " + name + " is computed from " + missing + ", which the input lacks";
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /** The columns, in the order of the bytes. */
  List<String> columns() {
    return columns;
  }

  /**
   * The bytes of each column, null for null.
   *
   * @throws IllegalArgumentException if a value does not fit or a key column is null, naming the
   *     column
   */
  @Nullable ByteBuffer[] encode(Row row) {
    @Nullable ByteBuffer[] bytes = new @Nullable ByteBuffer[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      Object value = valueOf(row, i);
      if (value == null) {
        if (required[i]) {
          throw new IllegalArgumentException("key column " + columns.get(i) + " is null");
        }
        continue;
      }
      try {
        bytes[i] = codecs[i].encode(value);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException("column " + columns.get(i) + ": " + e.getMessage(), e);
      }
    }
    return bytes;
  }

  private @Nullable Object valueOf(Row row, int column) {
    if (fields[column] == FROM_BUCKET && bucket != null) {
      return bucket.of(row);
    }
    return row.getValue(fields[column]);
  }
}
