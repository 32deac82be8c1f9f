package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.HashBucket;
import org.pharos.schemas.Table;
import org.pharos.schemas.TimeBucket;

/**
 * The partitions that are followed: every combination of the values given for columns of the
 * partition key, each in the bucket of time that is being read.
 */
final class FollowedPartitions implements Serializable {
  private static final long serialVersionUID = 1;

  /** Each of them costs a request a poll. */
  static final int MOST = 10_000;

  private final Restrictions restrictions;
  private final @Nullable TimeBucket bucket;
  private final int bucketPosition;

  private FollowedPartitions(
      Restrictions restrictions, @Nullable TimeBucket bucket, int bucketPosition) {
    this.restrictions = restrictions;
    this.bucket = bucket;
    this.bucketPosition = bucketPosition;
  }

  /**
   * @throws IllegalArgumentException if the table cannot be followed, saying how one looks that can
   */
  static void checkTable(Table table) {
    Column first = table.clusteringKey().isEmpty() ? null : table.clusteringKey().get(0);
    TimeBucket bucket = timeBucket(table);
    if (first == null
        || (first.type() != CqlType.TIMESTAMP && first.type() != CqlType.TIMEUUID)
        || (bucket != null && !bucket.timeColumn().equals(first.name()))) {
      throw new IllegalArgumentException(
          table
              + " cannot be followed: its rows must be clustered by when they came, that is, the"
              + " first clustering column must be a timestamp or timeuuid"
              + (bucket == null ? "" : " and the one that bucket " + bucket.column() + " is of")
              + ", but it is "
              + (first == null ? "missing" : first.name() + " " + first.type().cql())
              + (bucket == null ? "" : " and the bucket is of " + bucket.timeColumn()));
    } else if (table.hasCounters()) {
      throw new IllegalArgumentException(
          table + " cannot be followed: counters change, and only rows that are new are told");
    }
  }

  /**
   * @throws IllegalArgumentException if one of them is not on the partition key beside the bucket
   */
  static void checkFilters(Table table, List<Filter> filters) {
    TimeBucket bucket = timeBucket(table);
    for (Filter filter : filters) {
      Column column = table.column(filter.column());
      boolean isBucket = bucket != null && bucket.column().equals(column.name());
      if (isBucket || column.kind() != Column.Kind.PARTITION_KEY) {
        throw new IllegalArgumentException(
            "the filter "
                + filter
                + " does not choose partitions of "
                + table
                + " to follow: "
                + (isBucket ? "the bucket follows from the time" : "it is not on the partition key")
                + ". Filters can name "
                + others(table).stream().map(Column::name).toList()
                + " (equal, in)");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if a column of the partition key has no values, if values do
   *     not fit, or if there are too many
   */
  static FollowedPartitions of(Table table, List<Filter> filters) {
    List<Filter> all = complete(table, filters);
    TimeBucket bucket = timeBucket(table);
    int position = -1;
    if (bucket != null) {
      position = table.partitionKey().indexOf(table.column(bucket.column()));
      all.add(Filter.equal(bucket.column(), Instant.EPOCH));
    }
    FollowedPartitions partitions =
        new FollowedPartitions(Restrictions.of(table, all), bucket, position);
    if (partitions.count() > MOST) {
      throw new IllegalArgumentException(
          "the filters name "
              + partitions.count()
              + " partitions of "
              + table
              + ", more than "
              + MOST
              + ", and each of them is asked in each poll; follow fewer");
    }
    return partitions;
  }

  /**
   * The filters with those that follow from the table: all buckets of a hash. Not the bucket of
   * time.
   */
  static List<Filter> complete(Table table, List<Filter> filters) {
    List<Filter> all = new ArrayList<>(filters);
    Set<String> given = new HashSet<>(filters.stream().map(Filter::column).toList());
    Bucket bucket = table.bucket().orElse(null);
    if (bucket instanceof HashBucket hash && given.add(hash.column())) {
      all.add(Filter.in(hash.column(), hash.all()));
    }
    List<String> missing =
        others(table).stream().map(Column::name).filter(name -> !given.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "following "
              + table
              + " needs the values of "
              + missing
              + ", which are part of its partition key: where(Filter.in(\""
              + missing.get(0)
              + "\", ...))"
              + (bucket == null
                  ? ", or say in the table that it is a bucket: bucketedBy(Bucket.byTime(...))"
                  : ""));
    }
    return all;
  }

  private static @Nullable TimeBucket timeBucket(Table table) {
    return table.bucket().orElse(null) instanceof TimeBucket bucket ? bucket : null;
  }

  /** The columns of the partition key beside the bucket of time. */
  private static List<Column> others(Table table) {
    TimeBucket bucket = timeBucket(table);
    return table.partitionKey().stream()
        .filter(column -> bucket == null || !column.name().equals(bucket.column()))
        .toList();
  }

  int count() {
    return restrictions.partitions();
  }

  /** The key's conditions, with a marker for each column. */
  String where() {
    return restrictions.where();
  }

  /** The key of a partition in the bucket that a time falls into. */
  List<byte[]> keyAt(int number, long millis) {
    List<byte[]> key = restrictions.partition(number);
    if (bucket != null) {
      byte[] start =
          ByteBuffer.allocate(Long.BYTES)
              .putLong(bucket.of(Instant.ofEpochMilli(millis)).getMillis())
              .array();
      key.set(bucketPosition, start);
    }
    return key;
  }

  /** When the bucket ends that a time falls into; the end of time if there are no buckets. */
  long endOfBucket(long millis) {
    if (bucket == null) {
      return Long.MAX_VALUE;
    }
    return bucket.of(Instant.ofEpochMilli(millis)).getMillis() + bucket.width().getMillis();
  }
}
