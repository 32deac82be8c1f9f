package org.pharos.transforms.cassandra;

import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Writes rows, or elements with a schema, into a table: what goes in is a collection whose fields
 * are columns of the table, what comes out tells how many were written.
 *
 * <pre>{@code
 * WriteResult written = sales.apply(WriteTable.of(SALES).to(connection));
 * }</pre>
 *
 * <p><b>Fields and columns.</b> Fields are columns by name. The key must be among them; other
 * columns may be missing and are left alone. A bucket column that the rows lack is computed. What
 * does not fit is told while assembling, all in one message. In a table with static columns a row
 * whose clustering columns are null writes the static part of its partition.
 *
 * <p><b>Nulls</b> leave a column as it is, unless told otherwise by {@link #withNulls}.
 *
 * <p><b>Order and repetition.</b> The timestamp of each write is fixed before its first attempt, so
 * that a late retry never beats a newer row, and of two rows with one key the one that came later
 * in the bundle wins. Rows are written at least once, and writing one again changes nothing, except
 * with counters, adding to lists, and conditions: their rows are not sent again when an answer was
 * lost, but a runner that repeats a bundle repeats them. For totals that must be exact, aggregate
 * in the pipeline and write the sum. A list that is not frozen, written twice with one timestamp,
 * has its elements twice in Cassandra: another attempt is a microsecond later each, rows that bring
 * their own timestamp are not sent again, and event time and bulk loads refuse such lists.
 *
 * <p><b>Errors.</b> A row that can never be written (a value that does not fit, a null in the key,
 * too large, refused by the server) fails the pipeline, or goes to {@link #withErrorHandler}. A
 * timeout or an overloaded or missing node is tried again, 10 times in all with growing pauses, and
 * for about a minute when no node at all can be asked; then, or when the table is not there, the
 * bundle fails. In every window {@code written + rejected + unknown} is the number of rows.
 *
 * <p><b>Load.</b> Rows of one partition that come near each other share a request, and so do small
 * ones of several partitions that lie on the same nodes, unless they may not be written twice. The
 * number of requests in flight adapts to what the cluster answers.
 */
public final class WriteTable extends PTransform<PCollection<?>, WriteResult> {
  private static final long serialVersionUID = 1L;

  private final List<Table> tables;
  private final @Nullable SerializableFunction<Row, String> chooser;
  private final WriteSettings settings;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private WriteTable(
      List<Table> tables,
      @Nullable SerializableFunction<Row, String> chooser,
      WriteSettings settings,
      @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.tables = tables;
    this.chooser = chooser;
    this.settings = settings;
    this.handler = handler;
  }

  /** Writes into this table; {@link #to} says where it is. */
  public static WriteTable of(Table table) {
    return new WriteTable(List.of(table), null, new WriteSettings(WriteSettings.Verb.INSERT), null);
  }

  /**
   * Writes each row into the one of these tables that the function names (by its name, or as
   * keyspace.name). A field may be missing in some of the tables: it must be null in their rows. A
   * row that names another table is a bad record.
   */
  public static WriteTable toEach(SerializableFunction<Row, String> tableName, Table... tables) {
    if (tables.length == 0) {
      throw new IllegalArgumentException("toEach needs the tables to choose from");
    }
    return new WriteTable(
        List.of(tables), tableName, new WriteSettings(WriteSettings.Verb.INSERT), null);
  }

  /** The cluster to write to. */
  public WriteTable to(CassandraConnection connection) {
    return with(settings -> settings.connection = connection);
  }

  /** What nulls do; {@link Nulls#PARTIAL} by default. */
  public WriteTable withNulls(Nulls nulls) {
    return with(settings -> settings.nulls = nulls);
  }

  /**
   * All rows expire after this time, 1 second to 20 years; the table's default otherwise.
   *
   * @see EventTime#withExpiry
   */
  public WriteTable withTimeToLive(Duration time) {
    long seconds = time.getStandardSeconds();
    if (seconds < 1 || seconds > WriteSettings.LONGEST_TTL) {
      throw new IllegalArgumentException(
          "time to live is 1 to " + WriteSettings.LONGEST_TTL + " seconds, not " + seconds);
    }
    return with(settings -> settings.timeToLiveSeconds = (int) seconds);
  }

  /**
   * Each row expires after the seconds in this integer field; null means the table's default. The
   * field need not be a column. A row whose seconds are not positive is a bad record.
   */
  public WriteTable withTimeToLiveFrom(String field) {
    return with(settings -> settings.timeToLiveField = field);
  }

  /**
   * Each row is written with the timestamp in this field, an INT64 of microseconds or a DATETIME;
   * null means the time of writing. The field need not be a column. Unlike {@link #byEventTime} it
   * takes what comes: use it to copy write times that were read with the rows.
   */
  public WriteTable withTimestampFrom(String field) {
    return with(settings -> settings.timestampField = field);
  }

  /**
   * The last event wins, in whatever order rows come and however often they are replayed. By
   * default the row that is written last wins. Refused with conditions, counters and adding to
   * lists.
   */
  public WriteTable byEventTime(EventTime eventTime) {
    return with(settings -> settings.eventTime = eventTime);
  }

  /**
   * Writes by UPDATE: a row whose columns are all null afterwards does not exist, while by default
   * an inserted row exists by its key alone.
   */
  public WriteTable asUpdate() {
    return with(settings -> settings.verb = WriteSettings.Verb.UPDATE);
  }

  /**
   * Adds the elements or entries of these fields to what the columns have: at the end of lists,
   * into sets and maps. A null adds nothing. Implies {@link #asUpdate}. Adding to a list cannot be
   * repeated.
   */
  public WriteTable adding(String... columns) {
    return changing(Change.ADD, columns);
  }

  /** Adds elements before those of a list, as {@link #adding} does. Cannot be repeated. */
  public WriteTable prepending(String... columns) {
    return changing(Change.PREPEND, columns);
  }

  /**
   * Removes elements from lists (every occurrence) and sets, and entries from maps, whose field
   * holds keys. A null removes nothing. Implies {@link #asUpdate}.
   */
  public WriteTable removing(String... columns) {
    return changing(Change.REMOVE, columns);
  }

  /**
   * Adds the integers of these fields to counters. Cannot be repeated: when an answer was lost the
   * row is unknown, and a runner that repeats a bundle counts it twice.
   */
  public WriteTable incrementing(String... columns) {
    return changing(Change.INCREMENT, columns);
  }

  private WriteTable changing(Change change, String... columns) {
    return with(
        settings -> {
          settings.verb = WriteSettings.Verb.UPDATE;
          for (String column : columns) {
            settings.changes.put(column, change);
          }
        });
  }

  /**
   * Writes a row only where there is none. {@link WriteResult#outcomes} tells which were written,
   * and what the table had where not.
   */
  public WriteTable ifNotExists() {
    return with(settings -> settings.condition = WriteSettings.Condition.IF_NOT_EXISTS);
  }

  /** Updates a row only where there is one; see {@link WriteResult#outcomes}. */
  public WriteTable ifExists() {
    return with(
        settings -> {
          settings.verb = WriteSettings.Verb.UPDATE;
          settings.condition = WriteSettings.Condition.IF_EXISTS;
        });
  }

  /**
   * Updates a row only where this column equals this field of the row, which need not be a column;
   * null means that the column has no value. May be said for several columns. See {@link
   * WriteResult#outcomes}.
   */
  public WriteTable ifMatches(String column, String field) {
    return with(
        settings -> {
          settings.verb = WriteSettings.Verb.UPDATE;
          settings.condition = WriteSettings.Condition.IF_MATCHES;
          settings.matches.put(column, field);
        });
  }

  /**
   * Sets rows aside that can never be written, instead of failing. The description of such a record
   * is a {@link org.pharos.transforms.errors.Rejection}. Bad records reach the handler in the
   * global window.
   */
  public WriteTable withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new WriteTable(tables, chooser, settings, handler);
  }

  /**
   * Fields that are no columns and are not written: they leave with bad records, so that these tell
   * where a row came from. By default a field without a column is refused while assembling.
   */
  public WriteTable carrying(String... fields) {
    return with(settings -> settings.carried.addAll(List.of(fields)));
  }

  /** How many replicas must have a row; {@link Consistency#LOCAL_QUORUM} by default. */
  public WriteTable withConsistency(Consistency consistency) {
    return with(settings -> settings.consistency = WriteSettings.notSerial(consistency));
  }

  /**
   * How far conditions reach: {@link Consistency#LOCAL_SERIAL}, the default, or {@link
   * Consistency#SERIAL} for all datacenters.
   */
  public WriteTable withSerialConsistency(Consistency consistency) {
    return with(settings -> settings.serialConsistency = WriteSettings.serial(consistency));
  }

  /** The most requests in flight for each worker thread; 512 by default, often fewer are needed. */
  public WriteTable withMaxInFlight(int requests) {
    return with(settings -> settings.maxInFlight = WriteSettings.positive(requests));
  }

  /**
   * Brings the rows of a partition together before they are written, by a shuffle: for loads that
   * end and whose rows come in no order, so that few of a partition meet by themselves. Rows of a
   * partition then share requests: with ten in each, the servers have less than half of the work.
   * Leave it out if rows come partition by partition already, or if partitions have a row or two.
   * The rows of a range are written by one worker.
   *
   * <p>Of two rows with one key it is open which wins, unless they bring their timestamps. Refused
   * are endless input, windows, several tables and bulk loads, which group by themselves. Not
   * grouped by default.
   *
   * @param ranges into how many ranges of tokens the rows are grouped, 1 to 4096: about one for
   *     10,000 rows, so that a writer holds what it needs of a range, and at least the parallelism
   */
  public WriteTable groupedByPartition(int ranges) {
    if (ranges < 1 || ranges > ShardBlocks.MOST_SHARDS) {
      throw new IllegalArgumentException(
          "ranges are 1 to " + ShardBlocks.MOST_SHARDS + ", not " + ranges);
    }
    return with(settings -> settings.tokenRanges = ranges);
  }

  /**
   * Writes past the servers' write path, for loads that end: workers sort rows by token, write
   * SSTables, and bring them to every replica, of all datacenters and whatever the consistency.
   * Several times faster than {@link WriteTable} otherwise is, and lighter for the servers. Counts,
   * bad records and {@code Wait.on} are the same; counts come when all rows are there. Timestamps
   * are fixed before anything is written, so that loading again, after a failure in the middle too,
   * leaves the same rows. Indexes have the rows when the load has ended. A {@link WriteLimit} holds
   * rows back on their way into SSTables; the servers get them shard by shard.
   *
   * <p>Refused are conditions, counters, lists that are not frozen, several tables and endless
   * input; at the start of the job, tables with materialized views or cdc. While nodes join or
   * leave do not load. A row that only the server's indexes would refuse is not found; one that
   * Cassandra refuses when it writes SSTables, though it looked well, fails the bundle.
   */
  public WriteTable inBulk(BulkLoad load) {
    return with(settings -> settings.bulk = load);
  }

  WriteTable withExecution(ExecutionFactory execution) {
    return with(settings -> settings.execution = execution);
  }

  private WriteTable with(Consumer<WriteSettings> change) {
    return new WriteTable(tables, chooser, settings.with(change), handler);
  }

  @Override
  public WriteResult expand(PCollection<?> input) {
    return new RowWriting("WriteTable " + target(), settings, tables, chooser, handler)
        .expand(input);
  }

  private String target() {
    return String.join(", ", tables.stream().map(Table::qualifiedName).toList());
  }

  @Override
  protected String getKindString() {
    return "Write " + String.join(", ", tables.stream().map(Table::name).toList());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("table", target()).withLabel("Table"));
    settings.display().forEach((key, value) -> builder.add(DisplayData.item(key, value)));
  }
}
