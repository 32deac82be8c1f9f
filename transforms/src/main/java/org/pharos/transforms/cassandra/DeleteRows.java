package org.pharos.transforms.cassandra;

import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Deletes what rows of keys name: whole rows by default, or some columns, a prefix or range of
 * clustering values, or whole partitions. Each row that comes in is one deletion; what comes out
 * tells how many were written.
 *
 * <pre>{@code
 * WriteResult deleted = keys.apply(DeleteRows.of(SALES).from(connection));
 * }</pre>
 *
 * <p>Fields are columns by name; those that the deletion does not need are not looked at, so rows
 * that were read can be deleted as they are. A bucket column that the rows lack is computed. What
 * is missing is told while assembling.
 *
 * <p>The timestamp of a deletion is fixed before its first attempt, or comes from the row: what was
 * written with a later one stays. Deleting again changes nothing, but each deletion leaves a
 * tombstone until the table's {@code gc_grace_seconds} have passed. Errors, results and load are as
 * with {@link WriteTable}.
 */
public final class DeleteRows extends PTransform<PCollection<?>, WriteResult> {
  private static final long serialVersionUID = 1L;

  private final Table table;
  private final WriteSettings settings;
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private DeleteRows(
      Table table, WriteSettings settings, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.table = table;
    this.settings = settings;
    this.handler = handler;
  }

  /** Deletes from this table; {@link #from} says where it is. */
  public static DeleteRows of(Table table) {
    return new DeleteRows(table, new WriteSettings(WriteSettings.Verb.DELETE), null);
  }

  /** The cluster to delete from. */
  public DeleteRows from(CassandraConnection connection) {
    return with(settings -> settings.connection = connection);
  }

  /**
   * Deletes only these columns of each row. Static columns belong to the partition: by themselves
   * they need no clustering columns.
   */
  public DeleteRows columns(String... columns) {
    return with(
        settings ->
            settings.scope = new DeleteScope(DeleteScope.Extent.ROW, List.of(columns), "", "", ""));
  }

  /**
   * Deletes all rows whose first clustering columns are those that the input has, at least one. By
   * default an input without all of them is refused.
   */
  public DeleteRows byPrefix() {
    return with(settings -> settings.scope = DeleteScope.of(DeleteScope.Extent.PREFIX));
  }

  /**
   * Deletes the rows whose clustering column lies in a range; the clustering columns before it
   * equal those of the input.
   *
   * @param column the clustering column
   * @param from the field with the first value that is deleted
   * @param to the field with the first value after it that is not
   */
  public DeleteRows byRange(String column, String from, String to) {
    return with(
        settings ->
            settings.scope =
                new DeleteScope(DeleteScope.Extent.RANGE, List.of(), column, from, to));
  }

  /** Deletes whole partitions, their static columns included; only the partition key is needed. */
  public DeleteRows partitions() {
    return with(settings -> settings.scope = DeleteScope.of(DeleteScope.Extent.PARTITION));
  }

  /**
   * Each deletion has the timestamp in this field, an INT64 of microseconds or a DATETIME; null
   * means the time of deleting.
   */
  public DeleteRows withTimestampFrom(String field) {
    return with(settings -> settings.timestampField = field);
  }

  /**
   * Deletes what happened up to the event, in whatever order deletions and rows come. By default
   * what was written before is deleted. An expiry is not for deletions.
   */
  public DeleteRows byEventTime(EventTime eventTime) {
    if (eventTime.hasExpiry()) {
      throw new IllegalArgumentException("a deletion does not expire: leave out the expiry");
    }
    return with(settings -> settings.eventTime = eventTime);
  }

  /** Sets keys aside that can never be deleted, as {@link WriteTable#withErrorHandler} does. */
  public DeleteRows withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new DeleteRows(table, settings, handler);
  }

  /** How many replicas must know; {@link Consistency#LOCAL_QUORUM} by default. */
  public DeleteRows withConsistency(Consistency consistency) {
    return with(settings -> settings.consistency = WriteSettings.notSerial(consistency));
  }

  /** The most requests in flight for each worker thread; 512 by default, often fewer are needed. */
  public DeleteRows withMaxInFlight(int requests) {
    return with(settings -> settings.maxInFlight = WriteSettings.positive(requests));
  }

  private DeleteRows with(Consumer<WriteSettings> change) {
    return new DeleteRows(table, settings.with(change), handler);
  }

  @Override
  public WriteResult expand(PCollection<?> input) {
    return new RowWriting(
            "DeleteRows " + table.qualifiedName(), settings, List.of(table), null, handler)
        .expand(input);
  }

  @Override
  protected String getKindString() {
    return "Delete from " + table.name();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("table", table.qualifiedName()).withLabel("Table"));
    settings.display().forEach((key, value) -> builder.add(DisplayData.item(key, value)));
  }
}
