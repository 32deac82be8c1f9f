package org.pharos.cassandraio;

import com.datastax.driver.core.Session;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.cassandra.Mapper;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.RowBytes;

/**
 * Makes the mapper of a session. CassandraIO asks for one with each element: the last one is kept,
 * with the statements that it prepared.
 */
@SuppressWarnings("rawtypes") // as CassandraIO declares it
final class RowMappers implements SerializableFunction<Session, Mapper> {

  private static final long serialVersionUID = 1;

  private final Table table;
  private final List<String> columns;
  private final Schema schema;

  private transient volatile @Nullable RowMapper last;

  private RowMappers(Table table, List<String> columns, Schema schema) {
    this.table = table;
    this.columns = columns;
    this.schema = schema;
  }

  /**
   * Mappers for Rows of a schema to and from these columns.
   *
   * @throws IllegalArgumentException if the schema does not fit, naming every column
   */
  static RowMappers of(Table table, List<String> columns, Schema schema) {
    RowBytes unused = RowBytes.of(table, columns, schema);
    return new RowMappers(table, List.copyOf(columns), schema);
  }

  /** The columns to write: the key, and every field of the input. */
  static List<String> written(Table table, Schema input) {
    List<String> columns = new ArrayList<>(CassandraRows.names(table.primaryKey()));
    for (String field : input.getFieldNames()) {
      if (table.find(field).filter(Column::isKey).isEmpty()) {
        columns.add(field);
      }
    }
    return columns;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same session or another one
  public Mapper apply(Session session) {
    RowMapper mapper = last;
    if (mapper == null || mapper.session() != session) {
      mapper = new RowMapper(session, table, columns, schema);
      last = mapper;
    }
    return mapper;
  }
}
