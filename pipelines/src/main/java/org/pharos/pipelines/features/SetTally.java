package org.pharos.pipelines.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.Row;
import org.pharos.pipelines.tables.CanonicalRow;
import org.pharos.pipelines.tables.RowDigest;

/**
 * What a set came to.
 *
 * @param digest number and sum of hashes of its rows
 * @param nulls how many each column has
 */
record SetTally(RowDigest digest, List<Long> nulls) implements Serializable {

  static SetTally empty(int columns) {
    return new SetTally(RowDigest.EMPTY, new ArrayList<>(Collections.nCopies(columns, 0L)));
  }

  private SetTally plus(Row row) {
    List<Long> counted = new ArrayList<>(nulls);
    for (int i = 0; i < counted.size(); i++) {
      if (row.getValue(i) == null) {
        counted.set(i, counted.get(i) + 1);
      }
    }
    return new SetTally(digest.plus(CanonicalRow.of(row)), counted);
  }

  private SetTally plus(SetTally other) {
    List<Long> counted = new ArrayList<>(nulls);
    for (int i = 0; i < counted.size(); i++) {
      counted.set(i, counted.get(i) + other.nulls.get(i));
    }
    return new SetTally(digest.plus(other.digest), counted);
  }

  /** Rows of a set into what it comes to, in whatever order. */
  static final class OfRows extends Combine.CombineFn<Row, SetTally, SetTally> {
    private static final long serialVersionUID = 1L;

    private final int columns;

    OfRows(int columns) {
      this.columns = columns;
    }

    @Override
    public SetTally createAccumulator() {
      return empty(columns);
    }

    @Override
    public SetTally addInput(SetTally tally, Row row) {
      return tally.plus(row);
    }

    @Override
    public SetTally mergeAccumulators(Iterable<SetTally> tallies) {
      SetTally sum = empty(columns);
      for (SetTally tally : tallies) {
        sum = sum.plus(tally);
      }
      return sum;
    }

    @Override
    public SetTally extractOutput(SetTally tally) {
      return tally;
    }

    @Override
    public Coder<SetTally> getAccumulatorCoder(CoderRegistry registry, Coder<Row> rows) {
      return SerializableCoder.of(SetTally.class);
    }

    @Override
    public Coder<SetTally> getDefaultOutputCoder(CoderRegistry registry, Coder<Row> rows) {
      return SerializableCoder.of(SetTally.class);
    }
  }
}
