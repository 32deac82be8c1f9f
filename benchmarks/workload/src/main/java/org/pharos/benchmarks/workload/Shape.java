package org.pharos.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a row looks like. Each begins with {@code (entity_id bigint, ts timestamp)}, its primary
 * key.
 */
public enum Shape {
  /** Three doubles, an int and a text of 60 characters: about 110 bytes. */
  NARROW(
      Column.of("f1", Kind.DOUBLE),
      Column.of("f2", Kind.DOUBLE),
      Column.of("f3", Kind.DOUBLE),
      Column.of("label", Kind.INT),
      new Column("payload", Kind.TEXT, 60)),
  /** 50 columns in all: 16 doubles, 16 ints and 16 texts of 20 characters. */
  WIDE(wide()),
  /** A text of 1,024 characters. */
  TEXT(new Column("body", Kind.TEXT, 1024)),
  /** A vector of 384 floats. */
  VECTOR(new Column("embedding", Kind.VECTOR, 384)),
  /** A list, a set and a map, of 8 members each. */
  COLLECTIONS(
      new Column("numbers", Kind.LIST, 8),
      new Column("words", Kind.SET, 8),
      new Column("weights", Kind.MAP, 8));

  /** Where the tables of all shapes are. */
  public static final String KEYSPACE = "bench";

  @SuppressWarnings("ImmutableEnumChecker") // a copy, which does not change
  private final List<Column> columns;

  Shape(Column... values) {
    List<Column> all = new ArrayList<>();
    all.add(Column.of("entity_id", Kind.BIGINT));
    all.add(Column.of("ts", Kind.TIMESTAMP));
    all.addAll(List.of(values));
    this.columns = List.copyOf(all);
  }

  private static Column[] wide() {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      columns.add(Column.of("d" + i, Kind.DOUBLE));
      columns.add(Column.of("i" + i, Kind.INT));
      columns.add(new Column("t" + i, Kind.TEXT, 20));
    }
    return columns.toArray(Column[]::new);
  }

  /** All columns, those of the primary key first. */
  public List<Column> columns() {
    return columns;
  }

  /** The names of all columns with commas between them. */
  public String columnList() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** About how many bytes a row has. */
  public int rowBytes() {
    return columns.stream().mapToInt(Column::bytes).sum();
  }

  /** The table of this shape, in {@link #KEYSPACE}. */
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code keyspace.table}. */
  public String qualifiedTable() {
    return KEYSPACE + "." + table();
  }

  /** The statement that creates the table of this shape. */
  public String createStatement() {
    return columns.stream()
        .map(column -> column.name() + " " + column.cqlType())
        .collect(
            Collectors.joining(
                ", ", "CREATE TABLE " + qualifiedTable() + " (", ", PRIMARY KEY (entity_id, ts))"));
  }

  /** The statement that inserts a whole row, with a marker for each column in order. */
  public String insertStatement() {
    return columns.stream()
        .map(column -> "?")
        .collect(
            Collectors.joining(
                ", ", "INSERT INTO " + qualifiedTable() + " (" + columnList() + ") VALUES (", ")"));
  }

  @Override
  public String toString() {
    return table();
  }
}
