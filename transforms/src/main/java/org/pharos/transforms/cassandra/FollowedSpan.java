package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithTimestamps;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.schemas.Table;
import org.pharos.schemas.TimeBucket;

/** The rows of a span of time that {@link FollowTable} follows, read at once. */
final class FollowedSpan extends PTransform<PBegin, PCollection<Row>> {
  private static final long serialVersionUID = 1;

  private final Follow follow;
  private final ReadTable read;

  /**
   * @throws IllegalArgumentException if the span ends before it begins, or has too many partitions
   */
  FollowedSpan(Follow follow, Instant from, Instant to) {
    if (from.getMillis() < 0 || !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a span of time is from 1970 or later to after that, not " + from + " to " + to);
    }
    Table table = follow.table();
    List<Filter> filters = FollowedPartitions.complete(table, follow.given());
    if (table.bucket().orElse(null) instanceof TimeBucket bucket) {
      filters.add(Filter.in(bucket.column(), bucket.between(from, to)));
    }
    ArrivalTime time = follow.time();
    String column = time.column().name();
    filters.add(Filter.atLeast(column, time.least(from.getMillis())));
    filters.add(Filter.less(column, time.least(to.getMillis())));
    this.follow = follow;
    this.read =
        ReadTable.of(table)
            .withConsistency(follow.scan().consistency())
            .where(filters.toArray(new Filter[0]));
  }

  @Override
  public PCollection<Row> expand(PBegin begin) {
    ArrivalTime time = follow.time();
    PCollection<Row> rows = begin.apply("Read", read.from(follow.scan().source()));
    return rows.apply("Stamp", WithTimestamps.of(time::of)).setRowSchema(rows.getSchema());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    follow.populateDisplayData(builder);
  }
}
