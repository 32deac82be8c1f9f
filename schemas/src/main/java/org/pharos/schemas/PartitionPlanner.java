package org.pharos.schemas;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.joda.time.Duration;

/**
 * Predicts rows and bytes of a table's partitions, before any row is written.
 *
 * <p>The formula is that of Apache Cassandra's documentation, "Data modeling: refining: calculating
 * partition size" (after Carpenter and Hewitt, <i>Cassandra: The Definitive Guide</i>):
 *
 * <pre>
 * Nv = Nr * (Nc - Npk - Ns) + Ns
 * St = sum sizeOf(ck) + sum sizeOf(cs) + Nr * (sum sizeOf(cr) + sum sizeOf(cc)) + Nv * sizeOf(tavg)
 * </pre>
 *
 * where Nv is the number of values (cells), Nr of rows, Nc, Npk and Ns of columns, of those in the
 * primary key, and of static ones; ck, cs, cr and cc are the partition key, static, regular and
 * clustering columns, and tavg the metadata of a cell, 8 bytes. It knows neither compression (the
 * file is smaller) nor the row index (larger).
 *
 * <p>The bytes of a column follow from its type where that has a fixed size. Others must be stated,
 * except in the partition key, where they count once a partition and default to 16.
 */
public final class PartitionPlanner {
  /** More rows than this in a partition are too many. */
  public static final long TARGET_ROWS = 100_000;

  /** More bytes than this in a partition are too many. */
  public static final long TARGET_BYTES = 100_000_000;

  private static final int CELL_BYTES = 8;
  private static final int KEY_BYTES = 16;
  private static final int REFUSED_AT = 10;

  private final Table table;
  private final Map<String, Double> stated;
  private final OptionalDouble rowBytes;

  private PartitionPlanner(Table table, Map<String, Double> stated, OptionalDouble rowBytes) {
    this.table = table;
    this.stated = stated;
    this.rowBytes = rowBytes;
  }

  /** A planner for this table and its bucket. */
  public static PartitionPlanner of(Table table) {
    return new PartitionPlanner(table, Map.of(), OptionalDouble.empty());
  }

  /** The mean size of a column's values. Default: that of the type, if it has one. */
  public PartitionPlanner withBytes(String column, double mean) {
    Map<String, Double> changed = new HashMap<>(stated);
    changed.put(table.column(column).name(), positive("bytes of " + column, mean));
    return new PartitionPlanner(table, changed, rowBytes);
  }

  /**
   * The mean size of a row's clustering and regular columns together, in place of their sizes one
   * by one. Default: their sum.
   */
  public PartitionPlanner withRowBytes(double mean) {
    return new PartitionPlanner(table, stated, OptionalDouble.of(positive("bytes of a row", mean)));
  }

  /**
   * The prediction.
   *
   * @param rowsPerDay new rows a day for one value of the partition key without its bucket: the
   *     busiest one, not the mean
   * @param kept how long rows live: their TTL, or the time until they are deleted
   * @throws IllegalArgumentException if the size of a column is not known, naming all of them
   */
  public PartitionPlan plan(double rowsPerDay, Duration kept) {
    double rowsPerMilli = positive("rows a day", rowsPerDay) / 86_400_000.0;
    double keptMillis = positive("milliseconds that rows live", (double) kept.getMillis());
    double rows = rows(rowsPerMilli, keptMillis);
    double bytes = fixedBytes() + rows * bytesPerRow();
    double excess = Math.max(rows / TARGET_ROWS, bytes / TARGET_BYTES);
    PartitionPlan.Verdict verdict =
        excess <= 1
            ? PartitionPlan.Verdict.OK
            : excess <= REFUSED_AT ? PartitionPlan.Verdict.WARN : PartitionPlan.Verdict.REFUSE;
    return new PartitionPlan(
        table.qualifiedName(),
        rows,
        rows * cellsPerRow() + statics().size(),
        bytes,
        verdict,
        verdict == PartitionPlan.Verdict.OK
            ? Optional.empty()
            : new BucketProposal(table, fittingRows()).of(rowsPerMilli, keptMillis));
  }

  /** Rows a partition; one where no clustering key tells rows apart. */
  private double rows(double rowsPerMilli, double keptMillis) {
    return table.clusteringKey().isEmpty()
        ? 1
        : table
            .bucket()
            .map(bucket -> rows(bucket, rowsPerMilli, keptMillis))
            .orElse(rowsPerMilli * keptMillis);
  }

  static double rows(Bucket bucket, double rowsPerMilli, double keptMillis) {
    return bucket instanceof TimeBucket time
        ? rowsPerMilli * Math.min((double) time.width().getMillis(), keptMillis)
        : rowsPerMilli * keptMillis / ((HashBucket) bucket).buckets();
  }

  // Half the target: rates grow, and some keys are busier than the busiest known.
  private double fittingRows() {
    return Math.min(TARGET_ROWS / 2.0, (TARGET_BYTES / 2.0 - fixedBytes()) / bytesPerRow());
  }

  private double fixedBytes() {
    double keys = 0;
    for (Column column : table.partitionKey()) {
      keys += bytes(column).orElse(KEY_BYTES);
    }
    return keys + sum(statics()) + (double) statics().size() * CELL_BYTES;
  }

  private double bytesPerRow() {
    List<Column> inEachRow =
        table.columns().stream()
            .filter(c -> c.kind() == Column.Kind.CLUSTERING || c.kind() == Column.Kind.REGULAR)
            .toList();
    double values = rowBytes.isPresent() ? rowBytes.getAsDouble() : sum(inEachRow);
    return values + (double) cellsPerRow() * CELL_BYTES;
  }

  private int cellsPerRow() {
    return table.columns().size() - table.primaryKey().size() - statics().size();
  }

  private List<Column> statics() {
    return table.columns().stream().filter(c -> c.kind() == Column.Kind.STATIC).toList();
  }

  private double sum(List<Column> columns) {
    List<String> unknown =
        columns.stream().filter(c -> bytes(c).isEmpty()).map(Column::name).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          table + ": state the mean size of " + unknown + ", whose types have no fixed size");
    }
    return columns.stream().mapToDouble(column -> bytes(column).orElseThrow()).sum();
  }

  private OptionalDouble bytes(Column column) {
    Double known = stated.get(column.name());
    return known != null ? OptionalDouble.of(known) : TypeSize.of(column.type());
  }

  private static double positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be positive, not " + value);
    }
    return value;
  }
}
