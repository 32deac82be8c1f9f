package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;

/** Compares pairs of rows, counts, and tells each difference. */
final class RowComparison implements SideBySide.Pairs {
  private final CompareSpec spec;
  private final TimedCells cells;
  private final Differences differences;
  private final RowOrder order;
  private final int partitionColumns;
  private final int keyColumns;
  private final Consumer<org.apache.beam.sdk.values.Row> out;

  private long equal;
  private long differing;
  private long missingLeft;
  private long missingRight;

  /**
   * Nothing compared yet.
   *
   * @param cells what both rows consist of
   * @param out takes the differences
   */
  RowComparison(
      CompareSpec spec,
      TimedCells cells,
      RowOrder order,
      Consumer<org.apache.beam.sdk.values.Row> out) {
    this.spec = spec;
    this.cells = cells;
    this.differences = new Differences(spec.left().table());
    this.order = order;
    this.partitionColumns = spec.left().table().partitionKey().size();
    this.keyColumns = spec.left().table().primaryKey().size();
    this.out = out;
  }

  CompareCounts counts() {
    return new CompareCounts(equal, differing, missingLeft, missingRight);
  }

  @Override
  public void partition(SideBySide.@Nullable Read left, SideBySide.@Nullable Read right) {
    if (left == null || right == null) {
      SideBySide.Read only = left == null ? right : left;
      if (only != null && !order.isRow(only.row())) {
        missing(left == null, only.row(), partitionColumns);
      }
      return;
    }
    List<String> columns = differing(left, right, Column.Kind.STATIC);
    if (!columns.isEmpty()) {
      differing++;
      out.accept(differences.of(Differences.Kind.DIFFERS, left.row(), partitionColumns, columns));
    } else if (!order.isRow(left.row()) && !order.isRow(right.row())) {
      equal++;
    }
  }

  @Override
  public void row(SideBySide.@Nullable Read left, SideBySide.@Nullable Read right) {
    if (left == null || right == null) {
      SideBySide.Read only = left == null ? right : left;
      if (only != null) {
        missing(left == null, only.row(), keyColumns);
      }
      return;
    }
    List<String> columns = differing(left, right, Column.Kind.REGULAR);
    for (int i = partitionColumns; i < keyColumns; i++) {
      // Of one place in the order, but not of the same bytes: 1.0 and 1.00.
      if (!Objects.equals(left.row().getBytesUnsafe(i), right.row().getBytesUnsafe(i))) {
        columns.add(spec.left().table().primaryKey().get(i).name());
      }
    }
    if (columns.isEmpty()) {
      equal++;
    } else {
      differing++;
      out.accept(differences.of(Differences.Kind.DIFFERS, left.row(), keyColumns, columns));
    }
  }

  private void missing(boolean onLeft, Row row, int told) {
    if (onLeft) {
      missingLeft++;
    } else {
      missingRight++;
    }
    out.accept(
        differences.of(
            onLeft ? Differences.Kind.MISSING_LEFT : Differences.Kind.MISSING_RIGHT,
            row,
            told,
            List.of()));
  }

  private List<String> differing(SideBySide.Read left, SideBySide.Read right, Column.Kind kind) {
    List<String> columns = new ArrayList<>(0);
    for (TimedCells.Cell cell : cells.cells()) {
      if (cell.column().kind() != kind) {
        continue;
      }
      if (!Objects.equals(
          left.row().getBytesUnsafe(cell.value()), right.row().getBytesUnsafe(cell.value()))) {
        columns.add(cell.column().name());
      } else if (cell.isTimed()) {
        compareTimes(left, right, cell, columns);
      }
    }
    return columns;
  }

  private void compareTimes(
      SideBySide.Read left, SideBySide.Read right, TimedCells.Cell cell, List<String> columns) {
    TimedCells.Stamp a = TimedCells.stamp(left.row(), cell);
    TimedCells.Stamp b = TimedCells.stamp(right.row(), cell);
    if (a == null || b == null) {
      return;
    }
    if (spec.writeTimes() != null
        && Math.abs(a.micros() - b.micros()) > 1000 * spec.writeTimes().getMillis()) {
      columns.add("writetime(" + cell.column().name() + ")");
    }
    if (spec.timesToLive() != null
        && !expireTogether(
            a.timeToLive(),
            b.timeToLive(),
            TimeUnit.NANOSECONDS.toMillis(left.arrivedNanos() - right.arrivedNanos()),
            spec.timesToLive().getMillis())) {
      columns.add("ttl(" + cell.column().name() + ")");
    }
  }

  private static boolean expireTogether(int left, int right, long readLater, long tolerance) {
    if (left == TimedCells.FOREVER || right == TimedCells.FOREVER) {
      return left == right;
    }
    return Math.abs((left - (long) right) * 1000 + readLater) <= tolerance;
  }
}
