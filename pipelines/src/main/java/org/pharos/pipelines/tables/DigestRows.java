package org.pharos.pipelines.tables;

import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
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
    return rows.apply("Sum the hashes of rows", Combine.globally(new SumFn()));
  }

  private static final class SumFn extends Combine.CombineFn<Row, RowDigest, RowDigest> {
    private static final long serialVersionUID = 1L;

    @Override
    public RowDigest createAccumulator() {
      return RowDigest.EMPTY;
    }

    @Override
    public RowDigest addInput(RowDigest sum, Row row) {
      return sum.plus(CanonicalRow.of(row));
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

    @Override
    public Coder<RowDigest> getAccumulatorCoder(CoderRegistry registry, Coder<Row> input)
        throws CannotProvideCoderException {
      return SerializableCoder.of(RowDigest.class);
    }

    @Override
    public Coder<RowDigest> getDefaultOutputCoder(CoderRegistry registry, Coder<Row> input)
        throws CannotProvideCoderException {
      return SerializableCoder.of(RowDigest.class);
    }
  }
}
