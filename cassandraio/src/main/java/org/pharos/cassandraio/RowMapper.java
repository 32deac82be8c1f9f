package org.pharos.cassandraio;

import com.datastax.driver.core.BoundStatement;
import com.datastax.driver.core.PreparedStatement;
import com.datastax.driver.core.ResultSet;
import com.datastax.driver.core.ResultSetFuture;
import com.datastax.driver.core.Session;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.cassandra.Mapper;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.RowBytes;

/** Reads, inserts and deletes the rows of a table by one session, which it does not close. */
final class RowMapper implements Mapper<Row> {

  private final Session session;
  private final Table table;
  private final List<String> columns;
  private final RowBytes bytes;

  private @Nullable PreparedStatement insert;
  private @Nullable PreparedStatement delete;

  RowMapper(Session session, Table table, List<String> columns, Schema schema) {
    this.session = session;
    this.table = table;
    this.columns = columns;
    this.bytes = RowBytes.of(table, columns, schema);
  }

  Session session() {
    return session;
  }

  static String select(Table table, List<String> columns) {
    return "SELECT " + identifiers(columns, ", ", "") + " FROM " + table.qualifiedName();
  }

  /** One Row at a time, as the driver fetches page after page. */
  @Override
  public Iterator<Row> map(ResultSet results) {
    Iterator<com.datastax.driver.core.Row> rows = results.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return bytes.decode(rows.next()::getBytesUnsafe);
      }
    };
  }

  @Override
  public Future<Void> saveAsync(Row row) {
    return execute(insert(), row);
  }

  @Override
  public Future<Void> deleteAsync(Row row) {
    return execute(delete(), row);
  }

  private Future<Void> execute(PreparedStatement statement, Row row) {
    @Nullable ByteBuffer[] values = bytes.encode(row);
    BoundStatement bound = statement.bind();
    for (int i = 0; i < values.length; i++) {
      ByteBuffer value = values[i];
      if (value != null) {
        bound.setBytesUnsafe(i, value);
      }
    }
    ResultSetFuture done = session.executeAsync(bound.setIdempotent(true));
    return Futures.transform(done, results -> null, MoreExecutors.directExecutor());
  }

  private synchronized PreparedStatement insert() {
    PreparedStatement prepared = insert;
    if (prepared == null) {
      prepared =
          session.prepare(
              "INSERT INTO "
                  + table.qualifiedName()
                  + " ("
                  + identifiers(columns, ", ", "")
                  + ") VALUES ("
                  + String.join(", ", Collections.nCopies(columns.size(), "?"))
                  + ")");
      insert = prepared;
    }
    return prepared;
  }

  private synchronized PreparedStatement delete() {
    PreparedStatement prepared = delete;
    if (prepared == null) {
      prepared =
          session.prepare(
              "DELETE FROM "
                  + table.qualifiedName()
                  + " WHERE "
                  + identifiers(columns, " AND ", " = ?"));
      delete = prepared;
    }
    return prepared;
  }

  private static String identifiers(List<String> columns, String between, String after) {
    return columns.stream()
        .map(column -> Cql.identifier(column) + after)
        .collect(Collectors.joining(between));
  }
}
