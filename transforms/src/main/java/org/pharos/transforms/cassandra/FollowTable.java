package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.schemas.Table;

/**
 * Nothing in; the rows that others write into a table out, as they come and without end: a change
 * feed by polling.
 *
 * <pre>{@code
 * PCollection<Row> rows =
 *     pipeline.apply(FollowTable.of(EVENTS).from(connection).where(Filter.in("shard", 0, 1, 2, 3)));
 * }</pre>
 *
 * <p><b>The table.</b> Its first clustering column is a timestamp or timeuuid that says when a row
 * came. Its partition key holds a bucket of that time ({@code Bucket.byTime}), or a bucket by hash,
 * or none; the values of its other columns are given by {@link #where}. All these partitions are
 * asked in every poll. Other tables are refused while assembling.
 *
 * <p><b>Which rows.</b> Each row with a time from {@link #since} on, once, when its time has come,
 * with that time as its timestamp. Rows are taken as inserts: an update of a row that was emitted
 * is not told, nor is a deletion; of a row that is written in several statements what is there when
 * it is first seen.
 *
 * <p><b>Late rows.</b> A row is written a moment after its own time, and writers' clocks differ.
 * Each poll reads again what lies less than the overlap behind the last one. So a row that can be
 * read (at this consistency) by the overlap after its time is emitted; <em>one that comes later is
 * missed</em>, silently: reading the span again by {@link #between} finds those. The watermark is
 * the begin of the last poll less the overlap, so that no row is late to Beam.
 *
 * <p><b>Repetition.</b> A reader goes on at the runner's checkpoint, which holds its position and
 * the keys seen within the overlap: nothing is lost or comes again but what the runner itself
 * repeats. A job that restarts without a checkpoint begins anew: with the same {@code since} it
 * repeats all, without one it misses what came meanwhile.
 *
 * <p><b>Order and load.</b> A reader emits by time, except what comes late. Each partition costs a
 * request a poll and each row is read overlap / interval times. Partitions, not buckets, are shared
 * out over workers. What lies far back is read bucket by bucket, also where there are no rows.
 *
 * <p><b>Errors.</b> A request that times out or finds too few replicas, or no node, is repeated
 * after a pause, a bounded number of times; then, and for any other error, the bundle fails with a
 * {@link CassandraFailure} that says what to do. Metrics: {@code rows_followed}, {@code
 * rows_read_again}, {@code polls}, {@code seen_keys}.
 */
public final class FollowTable extends PTransform<PBegin, PCollection<Row>> {
  private static final long serialVersionUID = 1;

  private final Follow follow;

  private FollowTable(Follow follow) {
    this.follow = follow;
  }

  /**
   * Follows this table, or these columns of a table that has more.
   *
   * @throws IllegalArgumentException if it is not clustered by time first, or has counters
   */
  public static FollowTable of(Table table) {
    return new FollowTable(Follow.of(table));
  }

  /** Where the table is. Required. */
  public FollowTable from(CassandraConnection connection) {
    return with(follow.scan().from(connection));
  }

  /**
   * Which partitions to follow: values of columns of the partition key other than the bucket of
   * time, by {@link Filter#equal} or {@link Filter#in}; every combination of them, at most 10,000.
   * Adds to those given before. Required for each such column; all buckets of a hash are known.
   *
   * @throws IllegalArgumentException if a filter is on another column
   */
  public FollowTable where(Filter... filters) {
    return new FollowTable(follow.where(List.of(filters)));
  }

  /**
   * Rows with this time or a later one. Default: from when the job starts, by the clock of a
   * worker.
   *
   * @throws IllegalArgumentException if before 1970, or after until
   */
  public FollowTable since(Instant time) {
    return with(follow.pace().since(time));
  }

  /**
   * Only rows with an earlier time, so that following ends: when they all have been emitted, and
   * the overlap is over after this time. Default: without end.
   *
   * @throws IllegalArgumentException if before since
   */
  public FollowTable until(Instant time) {
    return with(follow.pace().until(time));
  }

  /**
   * How often the table is asked; a poll that takes longer is followed by the next at once.
   * Default: each second.
   *
   * @throws IllegalArgumentException unless 10 ms to 1 hour
   */
  public FollowTable withPollInterval(Duration interval) {
    return with(follow.pace().withPoll(interval));
  }

  /**
   * How long after its time a row may come. To cover are the time a write takes, its retries and
   * hints included, and the difference of the clocks of writers and of the workers here. Default:
   * 10 seconds.
   *
   * @throws IllegalArgumentException unless 1 ms to 7 days
   */
  public FollowTable withOverlap(Duration overlap) {
    return with(follow.pace().withOverlap(overlap));
  }

  /**
   * How many keys of rows within the overlap a reader remembers, about 80 bytes each in memory and
   * 17 in a checkpoint; with more the bundle fails. Default: 1,000,000.
   */
  public FollowTable withMaxSeenKeys(int keys) {
    return with(follow.pace().withMostSeen(keys));
  }

  /**
   * How many replicas must agree on a row. Default: {@link Consistency#LOCAL_QUORUM}. A row that
   * fewer have may be seen late.
   */
  public FollowTable withConsistency(Consistency consistency) {
    return with(follow.scan().withConsistency(consistency));
  }

  /**
   * The same as records, whose components are columns; what the record lacks is not emitted.
   *
   * @throws IllegalArgumentException if the record needs what the table lacks, or another type; the
   *     message names all such fields
   */
  public <R extends Record> PTransform<PBegin, PCollection<R>> as(Class<R> type) {
    return new FollowRecords<>(follow, type);
  }

  /**
   * The rows of the same partitions with {@code from <= time < to} that are there now, as a bounded
   * read, each with its time as timestamp: to find what came too late to be followed. Since, until,
   * interval and overlap do not matter.
   *
   * @throws IllegalArgumentException if the span is empty or has more than 100,000 partitions
   */
  public PTransform<PBegin, PCollection<Row>> between(Instant from, Instant to) {
    return new FollowedSpan(follow, from, to);
  }

  FollowTable through(Requests.Through requests) {
    return with(follow.scan().through(requests));
  }

  private FollowTable with(Scan changed) {
    return new FollowTable(follow.with(changed));
  }

  private FollowTable with(Pace changed) {
    return new FollowTable(follow.with(changed));
  }

  FollowSource<Row> source() {
    Projection all = Projection.all(follow.table());
    return FollowSource.of(follow, all, row -> row, RowCoder.of(all.schema()));
  }

  @Override
  public PCollection<Row> expand(PBegin begin) {
    follow.requireComplete();
    Schema schema = follow.table().rowSchema();
    return begin.apply("Follow", Read.from(source())).setRowSchema(schema);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    follow.populateDisplayData(builder);
  }
}
