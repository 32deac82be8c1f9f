package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;

/**
 * Rows of one table by their key, without a pipeline: for serving, and for transforms whose
 * questions {@link LookupRows} does not ask. Row in, Row out, asynchronous; to be used by many
 * threads. All clients and transforms of one connection share one session.
 *
 * <pre>{@code
 * try (TableClient customers = TableClient.open(CUSTOMERS, connection)) {
 *   customers.find(key).thenAccept(found -> ...);
 * }
 * }</pre>
 *
 * <p>Reads at LOCAL_QUORUM. A request that times out or finds too few replicas is repeated for
 * about half a minute; then, and for any other error of the cluster, the future fails with a {@link
 * CassandraFailure}. Who asks limits how many questions are open.
 */
public final class TableClient implements AutoCloseable {
  private static final int PAGE_ROWS = 16;

  private final Table table;
  private final Lease lease;
  private final RowDecoder decoder;
  private final ReadRetry retry;
  private final Query whole;
  private final @Nullable Query span;

  /** A statement, and what its first values are made of. */
  private final class Query {
    private final List<String> key;
    private final PreparedStatement prepared;
    private final Map<Schema, RowEncoder> encoders = new ConcurrentHashMap<>();

    Query(List<String> key, String restriction) {
      this.key = key;
      this.prepared =
          ScanStatement.prepare(
              lease.session(),
              table.qualifiedName(),
              "SELECT "
                  + Projection.all(table).cql()
                  + " FROM "
                  + table.qualifiedName()
                  + key.stream()
                      .map(column -> Cql.identifier(column) + " = ?")
                      .collect(Collectors.joining(" AND ", " WHERE ", restriction)));
    }

    BoundStatementBuilder of(Row row) {
      RowEncoder encoder =
          encoders.computeIfAbsent(
              row.getSchema(), schema -> RowEncoder.of(table, key, checked(schema)));
      @Nullable ByteBuffer[] values = encoder.encode(row);
      BoundStatementBuilder bound = prepared.boundStatementBuilder();
      for (int i = 0; i < values.length; i++) {
        ByteBuffer value = values[i];
        if (value == null) {
          throw new IllegalArgumentException("key column " + key.get(i) + " is null");
        }
        bound = bound.setBytesUnsafe(i, value);
      }
      return bound;
    }

    private Schema checked(Schema schema) {
      RowEncoder.checkFits(table, key, schema);
      return schema;
    }
  }

  private TableClient(Table table, Lease lease) {
    this.table = table;
    this.lease = lease;
    Projection projection = Projection.all(table);
    this.decoder = RowDecoder.of(projection.schema(), projection.types());
    this.retry =
        new ReadRetry("looking up", table.qualifiedName(), ReadRetry.BACKOFF, repeated -> {});
    this.whole = new Query(names(table.primaryKey()), "");
    this.span =
        table.clusteringKey().isEmpty()
            ? null
            : new Query(names(table.partitionKey()), between(table.clusteringKey().get(0)));
  }

  private static String between(Column column) {
    String name = Cql.identifier(column.name());
    return " AND " + name + " >= ? AND " + name + " <= ?";
  }

  /**
   * A client of a table.
   *
   * @throws CassandraFailure if the cluster cannot be reached, or the table is not there
   */
  public static TableClient open(Table table, CassandraConnection connection) {
    Lease lease = Sessions.acquire(connection);
    try {
      return new TableClient(table, lease);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /** The table that is asked. */
  public Table table() {
    return table;
  }

  /**
   * The row of a key.
   *
   * @param key has a field for each column of the primary key (a bucket is computed); more do not
   *     matter
   * @return the row with all columns of the table; empty if there is none
   * @throws IllegalArgumentException if a field is missing, null, or of a type that does not fit
   */
  public CompletableFuture<Optional<Row>> find(Row key) {
    return first(finished(whole.of(key)), row -> true);
  }

  /**
   * Of a partition, the first row in clustering order that is wanted and whose first clustering
   * column lies between two values, both included. Rows are read a few at a time until one is
   * wanted.
   *
   * @param partition has a field for each column of the partition key (a bucket is computed)
   * @param lowest as Beam holds values of the column's type
   * @param wanted called on threads of the driver: must not block
   * @throws IllegalArgumentException if a field is missing, null, or of a type that does not fit,
   *     or the table has no clustering column
   */
  public CompletableFuture<Optional<Row>> first(
      Row partition, Object lowest, Object highest, Predicate<Row> wanted) {
    if (span == null) {
      throw new IllegalArgumentException(table + " has no clustering column");
    }
    ColumnCodec codec = ColumnCodec.of(table.clusteringKey().get(0).type());
    int keys = table.partitionKey().size();
    BoundStatementBuilder bound =
        span.of(partition)
            .setBytesUnsafe(keys, codec.encode(lowest))
            .setBytesUnsafe(keys + 1, codec.encode(highest));
    return first(finished(bound), wanted);
  }

  private static BoundStatement finished(BoundStatementBuilder bound) {
    return bound
        .setConsistencyLevel(Consistency.LOCAL_QUORUM.toDriver())
        .setIdempotence(true)
        .setPageSize(PAGE_ROWS)
        .build();
  }

  private CompletableFuture<Optional<Row>> first(BoundStatement statement, Predicate<Row> wanted) {
    return send(statement, 0)
        .thenCompose(
            page -> {
              for (com.datastax.oss.driver.api.core.cql.Row row : page.currentPage()) {
                Row decoded = decoder.decode(row);
                if (wanted.test(decoded)) {
                  return CompletableFuture.completedFuture(Optional.of(decoded));
                }
              }
              ByteBuffer next = page.getExecutionInfo().getPagingState();
              return next == null
                  ? CompletableFuture.completedFuture(Optional.empty())
                  : first(statement.setPagingState(next), wanted);
            });
  }

  private CompletableFuture<AsyncResultSet> send(BoundStatement statement, int failures) {
    return lease
        .session()
        .executeAsync(statement)
        .toCompletableFuture()
        .exceptionallyCompose(failure -> again(statement, failure, failures + 1));
  }

  private CompletableFuture<AsyncResultSet> again(
      BoundStatement statement, Throwable failure, int failures) {
    long delay = retry.delayOrGiveUp(failure, failures).toMillis();
    Executor later = CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS);
    return CompletableFuture.runAsync(() -> {}, later)
        .thenCompose(waited -> send(statement, failures));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /** Gives the session back. What was asked is still answered, or fails. */
  @Override
  public void close() {
    lease.close();
  }
}
