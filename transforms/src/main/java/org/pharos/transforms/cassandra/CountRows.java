package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.Table;

/**
 * Nothing in; the number of a table's rows out, as one Long in the global window: 0 if there are
 * none.
 *
 * <pre>{@code
 * PCollection<Long> count = pipeline.apply(CountRows.of(PURCHASES).from(connection));
 * }</pre>
 *
 * <p>Cassandra counts, range by range, four of a split at a time, and only the counts are sent. It
 * counts what {@link ReadTable} would read: a partition with static columns and no rows counts as
 * one. A range that takes too long is counted in halves, and then fewer at a time; errors are as
 * those of {@link ReadTable}.
 */
public final class CountRows extends PTransform<PBegin, PCollection<Long>> {
  private static final long serialVersionUID = 1;

  private final Scan scan;

  private CountRows(Scan scan) {
    this.scan = scan;
  }

  /** Counts the rows of this table. */
  public static CountRows of(Table table) {
    return new CountRows(Scan.of(table));
  }

  /** Where the table is. Required. */
  public CountRows from(CassandraConnection connection) {
    return new CountRows(scan.from(connection));
  }

  /** Counts only rows that meet these conditions: see {@link ReadTable#where}. Default: all. */
  public CountRows where(Filter... filters) {
    return new CountRows(scan.where(List.of(filters)));
  }

  /** As {@link ReadTable#withParallelism}. */
  public CountRows withParallelism(int parallelism) {
    return new CountRows(scan.withParallelism(parallelism));
  }

  /** As {@link ReadTable#withSplitBytes}. Default: 64 MiB. */
  public CountRows withSplitBytes(long bytes) {
    return new CountRows(scan.withSplitBytes(bytes));
  }

  /** How many replicas must agree on a row. Default: {@link Consistency#LOCAL_QUORUM}. */
  public CountRows withConsistency(Consistency consistency) {
    return new CountRows(scan.withConsistency(consistency));
  }

  CountRows through(Requests.Through requests) {
    return new CountRows(scan.through(requests));
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    scan.requireSource();
    return begin
        .apply("Find splits", new TableSplits(scan))
        .apply("Count splits", ParDo.of(new CountSplits(scan)))
        .apply("Add up", Sum.longsGlobally());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
  }
}
