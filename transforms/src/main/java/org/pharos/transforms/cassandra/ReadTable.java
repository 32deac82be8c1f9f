package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * Nothing in; the rows of a table out, as {@link Row Rows} or as records.
 *
 * <pre>{@code
 * PCollection<Row> rows = pipeline.apply(ReadTable.of(PURCHASES).from(connection));
 * PCollection<Purchase> purchases =
 *     pipeline.apply(ReadTable.of(PURCHASES).from(connection).as(Purchase.class));
 * }</pre>
 *
 * <p>The whole table is read by ranges of tokens, in splits of about equal bytes as the nodes
 * estimate them (of what is on disk, every few minutes: a wrong estimate makes for uneven splits,
 * never for wrong rows); with filters on the whole partition key, only those partitions. The result
 * is bounded, in the global window, in no order.
 *
 * <p>Each row that is there all the while is read exactly once. One that is written or deleted
 * meanwhile is read or not: Cassandra has no snapshots. A request that times out or finds too few
 * replicas, or no node, goes on after the last row that was read; after a bounded number of
 * attempts, and for any other error, the bundle fails with a {@link CassandraFailure} that says
 * what to do.
 *
 * <p>A partition with static columns and no rows is one Row with null clustering columns.
 */
public final class ReadTable extends PTransform<PBegin, PCollection<Row>> {
  private static final long serialVersionUID = 1;

  private final Scan scan;
  private final List<String> columns;
  private final List<String> writeTimes;
  private final List<String> timesToLive;
  private final List<SerializableFunction<Row, Boolean>> predicates;

  private ReadTable(
      Scan scan,
      List<String> columns,
      List<String> writeTimes,
      List<String> timesToLive,
      List<SerializableFunction<Row, Boolean>> predicates) {
    this.scan = scan;
    this.columns = columns;
    this.writeTimes = writeTimes;
    this.timesToLive = timesToLive;
    this.predicates = predicates;
  }

  /** Reads this table, or these columns of a table that has more. */
  public static ReadTable of(Table table) {
    return new ReadTable(
        Scan.of(table),
        new ArrayList<>(table.columns().stream().map(Column::name).toList()),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Where the table is. Required. */
  public ReadTable from(CassandraConnection connection) {
    return with(scan.from(connection));
  }

  /**
   * Reads only these columns, in this order. Default: all.
   *
   * @throws IllegalArgumentException if one of them is no column of the table
   */
  public ReadTable withColumns(String... names) {
    List<String> chosen = new ArrayList<>(List.of(names));
    return checked(new ReadTable(scan, chosen, writeTimes, timesToLive, predicates));
  }

  /**
   * Reads along when a column was written, in microseconds since 1970, as the nullable INT64 field
   * {@code <column>_writetime}. May be called for several columns. Default: for none.
   *
   * @throws IllegalArgumentException if the column is part of the key, or a collection or user type
   *     that is not frozen
   */
  public ReadTable withWriteTime(String column) {
    List<String> more = plus(writeTimes, column);
    return checked(new ReadTable(scan, columns, more, timesToLive, predicates));
  }

  /**
   * Reads along in how many seconds a column expires, as the nullable INT32 field {@code
   * <column>_ttl}; null: never. May be called for several columns. Default: for none.
   *
   * @throws IllegalArgumentException as {@link #withWriteTime} does
   */
  public ReadTable withTimeToLive(String column) {
    List<String> more = plus(timesToLive, column);
    return checked(new ReadTable(scan, columns, writeTimes, more, predicates));
  }

  /**
   * Reads only rows that meet all of these conditions, which Cassandra applies. Adds to those given
   * before. Default: none.
   *
   * @throws IllegalArgumentException if Cassandra could apply them only by reading everything, or a
   *     value does not fit its column; the message says what is possible
   */
  public ReadTable where(Filter... filters) {
    return with(scan.where(List.of(filters)));
  }

  /**
   * Emits only rows that meet this condition, which the pipeline applies to each row that was read.
   * Adds to those given before. Default: none.
   */
  public ReadTable matching(SerializableFunction<Row, Boolean> predicate) {
    return new ReadTable(scan, columns, writeTimes, timesToLive, plus(predicates, predicate));
  }

  /**
   * For how many workers (threads, slots) to cut the table: about twice as many splits, if it is
   * not small. Default: the processors of the worker that plans.
   *
   * @throws IllegalArgumentException unless 1 to 100,000
   */
  public ReadTable withParallelism(int parallelism) {
    return with(scan.withParallelism(parallelism));
  }

  /**
   * How many bytes a split of a large table has, as the nodes estimate them. Default: 64 MiB.
   *
   * @throws IllegalArgumentException if less than 1 KiB
   */
  public ReadTable withSplitBytes(long bytes) {
    return with(scan.withSplitBytes(bytes));
  }

  /** How many replicas must agree on a row. Default: {@link Consistency#LOCAL_QUORUM}. */
  public ReadTable withConsistency(Consistency consistency) {
    return with(scan.withConsistency(consistency));
  }

  /**
   * The same as records, whose components are columns (or fields such as {@code
   * <column>_writetime}) of what is read; what the record lacks is not read.
   *
   * @throws IllegalArgumentException if the record needs what is not read, or another type; the
   *     message names all such fields
   */
  public <R extends Record> PTransform<PBegin, PCollection<R>> as(Class<R> type) {
    return new ReadRecords<>(scan, projection(), predicates, type);
  }

  ReadTable through(Requests.Through requests) {
    return with(scan.through(requests));
  }

  private ReadTable with(Scan changed) {
    return new ReadTable(changed, columns, writeTimes, timesToLive, predicates);
  }

  private static ReadTable checked(ReadTable changed) {
    Projection ignored = changed.projection();
    return changed;
  }

  private static <E> List<E> plus(List<E> list, E more) {
    List<E> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }

  private Projection projection() {
    Projection projection = Projection.of(scan.table(), columns);
    for (String column : writeTimes) {
      projection = projection.withWriteTime(column);
    }
    for (String column : timesToLive) {
      projection = projection.withTimeToLive(column);
    }
    return projection;
  }

  @Override
  public PCollection<Row> expand(PBegin begin) {
    scan.requireSource();
    Projection projection = projection();
    Schema schema = projection.schema();
    return begin
        .apply("Find splits", new TableSplits(scan))
        .apply(
            "Read splits",
            ParDo.of(new ReadSplits<>(scan, projection, schema, predicates, row -> row)))
        .setRowSchema(schema);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
  }
}
