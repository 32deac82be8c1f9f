package org.pharos.pipelines.tables;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/**
 * Rows in, one {@link RowDigest} a window out, whatever the order and the bundles: what a table
 * read back is compared with. The global window of a bounded collection gives a digest for no rows
 * too.
 */
public final class DigestRows extends PTransform<PCollection<Row>, PCollection<RowDigest>> {
  private static final long serialVersionUID = 1L;

  private DigestRows() {}

  /** The digest of all columns that the rows have. */
  public static DigestRows ofAllColumns() {
    return new DigestRows();
  }

  @Override
  public PCollection<RowDigest> expand(PCollection<Row> rows) {
    return rows.apply("Hash rows", ParDo.of(new HashBundleFn()))
        .setCoder(SerializableCoder.of(RowDigest.class))
        .apply("Sum the hashes of rows", Combine.globally(new SumFn()));
  }

  /** The digest of a bundle: the combine before a shuffle would serialize every row on Flink. */
  private static final class HashBundleFn extends DoFn<Row, RowDigest> {
    private static final long serialVersionUID = 1L;
    private transient Map<BoundedWindow, RowDigest> sums = new HashMap<>();

    @StartBundle
    public void start() {
      sums = new HashMap<>();
    }

    @ProcessElement
    public void add(@Element Row row, BoundedWindow window) {
      sums.put(window, sums.getOrDefault(window, RowDigest.EMPTY).plus(CanonicalRow.of(row)));
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      sums.forEach((window, sum) -> context.output(sum, window.maxTimestamp(), window));
      sums.clear();
    }
  }

  private static final class SumFn extends Combine.CombineFn<RowDigest, RowDigest, RowDigest> {
    private static final long serialVersionUID = 1L;

    @Override
    public RowDigest createAccumulator() {
      return RowDigest.EMPTY;
    }

    @Override
    public RowDigest addInput(RowDigest sum, RowDigest bundle) {
      return sum.plus(bundle);
    }

    @Override
    public RowDigest mergeAccumulators(Iterable<RowDigest> sums) {
      RowDigest total = RowDigest.EMPTY;
      for (RowDigest sum : sums) {
        total = total.plus(sum);
      }
      return total;
    }

    @Override
    public RowDigest extractOutput(RowDigest sum) {
      return sum;
    }
  }
}
