package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Reads each split of two tables side by side, and tells the differences and their number. */
final class CompareSplits extends DoFn<Split, CompareCounts> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<CompareCounts> COUNTS = new TupleTag<>("counts");
  static final TupleTag<org.apache.beam.sdk.values.Row> DIFFERENCES = new TupleTag<>("differences");

  private final CompareSpec spec;
  private final Counter done = Metrics.counter(ReadMetrics.NAMESPACE, "splits_read");
  private final Counter equal = Metrics.counter(ReadMetrics.NAMESPACE, "rows_equal");
  private final Counter differing = Metrics.counter(ReadMetrics.NAMESPACE, "rows_differing");
  private final Counter missingLeft = Metrics.counter(ReadMetrics.NAMESPACE, "rows_missing_left");
  private final Counter missingRight = Metrics.counter(ReadMetrics.NAMESPACE, "rows_missing_right");
  private transient @Nullable OrderedTable left;
  private transient @Nullable OrderedTable right;

  CompareSplits(CompareSpec spec) {
    this.spec = spec;
  }

  @Setup
  public void setUp() {
    left = OrderedTable.open(spec.left(), this::cells);
    try {
      right = OrderedTable.open(spec.right(), this::cells);
    } catch (RuntimeException e) {
      tearDown();
      throw e;
    }
  }

  private TimedCells cells(CqlSession session) {
    return new TimedCells(
        spec.left().table().primaryKey(),
        spec.columns().both(),
        spec.isTimed(),
        /* ofElements= */ false);
  }

  @ProcessElement
  public void compare(@Element Split split, MultiOutputReceiver out) {
    if (left == null || right == null || !(split instanceof Split.Ranges ranges)) {
      throw new IllegalStateException("not set up, or not for " + split);
    }
    RowComparison comparison =
        new RowComparison(
            spec, left.cells(), left.order(), row -> out.get(DIFFERENCES).output(row));
    for (TokenSpan span : ranges.spans()) {
      new SideBySide(left.order(), left.cursor(span), right.cursor(span), comparison).walk();
    }
    CompareCounts counts = comparison.counts();
    out.get(COUNTS).output(counts);
    equal.inc(counts.equal());
    differing.inc(counts.differing());
    missingLeft.inc(counts.missingLeft());
    missingRight.inc(counts.missingRight());
    done.inc();
    Traffic.readSplit();
    for (Scan scan : List.of(spec.left(), spec.right())) {
      Lineage.getSources().add("cassandra", List.of(scan.table().keyspace(), scan.table().name()));
    }
  }

  @Teardown
  public void tearDown() {
    if (left != null) {
      left.close();
      left = null;
    }
    if (right != null) {
      right.close();
      right = null;
    }
  }
}
