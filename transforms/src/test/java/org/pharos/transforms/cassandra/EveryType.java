package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.apache.beam.sdk.values.Row;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.CqlValues;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableBuilder;

/** Tables with a column for each of many types, and generated rows of them. */
final class EveryType {
  static final int ROWS = 300;

  private EveryType() {}

  static Table table(TestKeyspace keyspace, String name, List<CqlType> types) {
    TableBuilder builder = Table.named(keyspace.name(), name).partitionKey("id", CqlType.INT);
    for (int i = 0; i < types.size(); i++) {
      builder.column("c%03d".formatted(i), types.get(i));
    }
    return builder.build();
  }

  /** Writes rows of generated values and nulls, and returns them. */
  static List<Row> fill(CqlSession session, Table table, List<CqlType> types) {
    List<List<Object>> values = new ArrayList<>();
    for (CqlType type : types) {
      values.add(CqlValues.generate(type, ROWS, type.cql().hashCode()));
    }
    Random random = new Random(table.name().hashCode());
    List<Row> rows = new ArrayList<>();
    for (int id = 0; id < ROWS; id++) {
      List<Object> cells = new ArrayList<>(List.of(id));
      for (List<Object> ofType : values) {
        cells.add(random.nextInt(10) == 0 ? null : ofType.get(id));
      }
      rows.add(Row.withSchema(table.rowSchema()).addValues(cells.toArray()).build());
    }
    insert(session, table, rows);
    return rows;
  }

  /** Writes rows by the bare driver. */
  static void insert(CqlSession session, Table table, List<Row> rows) {
    List<String> names = table.columns().stream().map(Column::name).toList();
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                    table.qualifiedName(),
                    String.join(", ", names),
                    String.join(", ", Collections.nCopies(names.size(), "?"))));
    RowEncoder encoder = RowEncoder.of(table, names, table.rowSchema());
    List<CompletionStage<AsyncResultSet>> running = new ArrayList<>();
    for (Row row : rows) {
      ByteBuffer[] bytes = encoder.encode(row);
      BoundStatementBuilder bound = insert.boundStatementBuilder();
      for (int i = 0; i < bytes.length; i++) {
        bound.setBytesUnsafe(i, bytes[i]);
      }
      running.add(session.executeAsync(bound.build()));
    }
    running.forEach(each -> each.toCompletableFuture().join());
  }
}
