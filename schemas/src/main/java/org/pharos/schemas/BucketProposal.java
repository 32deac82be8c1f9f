package org.pharos.schemas;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.time.Duration;

/** Finds a bucket that keeps a partition at or below a number of rows. */
final class BucketProposal {
  private static final Set<CqlType> TIMES =
      Set.of(CqlType.TIMESTAMP, CqlType.DATE, CqlType.TIMEUUID);

  // Widths that people can name, widest first.
  private static final List<Duration> WIDTHS =
      List.of(
          Duration.standardDays(365),
          Duration.standardDays(30),
          Duration.standardDays(7),
          Duration.standardDays(1),
          Duration.standardHours(6),
          Duration.standardHours(1),
          Duration.standardMinutes(15),
          Duration.standardMinutes(5),
          Duration.standardMinutes(1));

  private final Table table;
  private final double fittingRows;

  BucketProposal(Table table, double fittingRows) {
    this.table = table;
    this.fittingRows = fittingRows;
  }

  /** A bucket of the kind the table has; else by the time it is clustered by, or by hash. */
  Optional<Bucket> of(double rowsPerMilli, double keptMillis) {
    if (fittingRows < 1 || table.clusteringKey().isEmpty()) {
      return Optional.empty();
    }
    Bucket has = table.bucket().orElse(null);
    Column first = table.clusteringKey().get(0);
    if (has instanceof TimeBucket time) {
      return byTime(time.column(), table.column(time.timeColumn()), rowsPerMilli, keptMillis);
    } else if (has == null && TIMES.contains(first.type())) {
      return byTime("bucket", first, rowsPerMilli, keptMillis);
    }
    double buckets = Math.ceil(rowsPerMilli * keptMillis / fittingRows);
    List<String> sources =
        has != null
            ? has.sources()
            : table.clusteringKey().stream()
                .filter(column -> column.type() instanceof CqlType.Native)
                .map(Column::name)
                .toList();
    return sources.isEmpty() || buckets > Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Bucket.byHash(has == null ? "bucket" : has.column(), sources, (int) buckets));
  }

  private Optional<Bucket> byTime(
      String column, Column time, double rowsPerMilli, double keptMillis) {
    return WIDTHS.stream()
        .filter(
            width -> time.type() != CqlType.DATE || !width.isShorterThan(Duration.standardDays(1)))
        .map(width -> (Bucket) Bucket.byTime(column, time.name(), width))
        .filter(bucket -> PartitionPlanner.rows(bucket, rowsPerMilli, keptMillis) <= fittingRows)
        .findFirst();
  }
}
