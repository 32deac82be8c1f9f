package org.pharos.cassandraio;

import java.util.List;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.cassandra.CassandraIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * Beam's CassandraIO for the Rows of a {@link Table}, whatever its columns: with every type as
 * {@link CqlType} maps it, and without a mapped class. What is returned is CassandraIO's own
 * transform, to which hosts, port, login and the like are still to be given:
 *
 * <pre>{@code
 * PCollection<Row> rows =
 *     pipeline.apply(CassandraRows.read(TABLE).withHosts(List.of("127.0.0.1")).withPort(9042));
 * rows.apply(CassandraRows.write(TABLE).withHosts(List.of("127.0.0.1")).withPort(9042));
 * }</pre>
 *
 * <p>It is a bridge for existing pipelines. CassandraIO's driver (3) cannot see a table with a
 * vector column: such a table is refused here, and the doors of pharos-transforms take it.
 */
public final class CassandraRows {

  private CassandraRows() {}

  /** Reads all columns; the Rows have {@link Table#rowSchema()}. */
  public static CassandraIO.Read<Row> read(Table table) {
    return read(table, names(table.columns()));
  }

  /**
   * Reads some columns; the Rows have {@link Table#rowSchema(List)} of these.
   *
   * @throws IllegalArgumentException if the table has no such column, or a vector
   */
  public static CassandraIO.Read<Row> read(Table table, List<String> columns) {
    Schema schema = checked(table).rowSchema(columns);
    return CassandraIO.<Row>read()
        .withKeyspace(table.keyspace())
        .withTable(table.name())
        .withQuery(RowMapper.select(table, columns))
        .withEntity(Row.class)
        .withCoder(RowCoder.of(schema))
        .withMapperFactoryFn(RowMappers.of(table, columns, schema));
  }

  /** Writes Rows with {@link Table#rowSchema()}: as {@link #write(Table, Schema)}. */
  public static CassandraIO.Write<Row> write(Table table) {
    return write(table, table.rowSchema());
  }

  /**
   * Inserts Rows of a schema whose fields are columns of the table, the key among them. A null is
   * not written: what the table holds there stays.
   *
   * @throws IllegalArgumentException naming every field that does not fit, or if the table has a
   *     vector or counters
   */
  public static CassandraIO.Write<Row> write(Table table, Schema input) {
    if (checked(table).hasCounters()) {
      throw new IllegalArgumentException(
          table + " has counters, which cannot be inserted; write it with WriteTable");
    }
    return CassandraIO.<Row>write()
        .withKeyspace(table.keyspace())
        .withEntity(Row.class)
        .withMapperFactoryFn(RowMappers.of(table, RowMappers.written(table, input), input));
  }

  /**
   * Deletes the rows whose key columns are among the fields of the input.
   *
   * @throws IllegalArgumentException as {@link #write(Table, Schema)} does
   */
  public static CassandraIO.Write<Row> delete(Table table, Schema input) {
    return CassandraIO.<Row>delete()
        .withKeyspace(table.keyspace())
        .withEntity(Row.class)
        .withMapperFactoryFn(RowMappers.of(checked(table), names(table.primaryKey()), input));
  }

  static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private static Table checked(Table table) {
    for (Column column : table.columns()) {
      // However deep: the driver reads a type as text, and stumbles over this word.
      if (column.type().cql().contains("vector<")) {
        throw new IllegalArgumentException(
            table
                + " has vectors (column "
                + column.name()
                + "), and CassandraIO's driver cannot see such a table; use ReadTable and"
                + " WriteTable");
      }
    }
    return table;
  }
}
