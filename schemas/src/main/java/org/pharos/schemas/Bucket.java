package org.pharos.schemas;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;

/**
 * A part of the partition key that is computed from other columns of the row, so that no partition
 * grows without bound. The table states it, so that writers and readers cannot disagree on it.
 */
public sealed interface Bucket extends Serializable permits TimeBucket, HashBucket {

  /** The column of the partition key that holds the bucket. */
  String column();

  /** The type of that column. */
  CqlType type();

  /** The columns that the bucket is computed from. */
  List<String> sources();

  /**
   * The bucket of a row, which holds the {@link #sources()}; a value of the bucket column in the
   * row is not looked at.
   *
   * @throws IllegalArgumentException if one of the sources is missing, or the time is null
   */
  Object of(Row row);

  /**
   * Buckets by time: the column holds the start of the bucket as a timestamp.
   *
   * @param timeColumn a column of type timestamp, date or timeuuid
   * @param width of each bucket; buckets start at multiples of it since 1970
   */
  static TimeBucket byTime(String column, String timeColumn, Duration width) {
    return new TimeBucket(column, timeColumn, width);
  }

  /**
   * Buckets by hash: the column holds 0 to {@code buckets - 1}.
   *
   * @param columns whose values decide the bucket, in this order
   */
  static HashBucket byHash(String column, List<String> columns, int buckets) {
    return new HashBucket(column, columns, buckets);
  }
}
