package org.pharos.drills.jobs;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.Row;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;

/** Rows that came through a door, compared with what they must be. */
final class TallyRows extends Combine.CombineFn<Row, RowTally, RowTally> {
  private static final long serialVersionUID = 1L;

  private final NumberedRows rows;

  TallyRows(NumberedRows rows) {
    this.rows = rows;
  }

  @Override
  public RowTally createAccumulator() {
    return new RowTally();
  }

  @Override
  public RowTally addInput(RowTally tally, Row row) {
    List<Object> values = new ArrayList<>(row.getFieldCount());
    for (int i = 0; i < row.getFieldCount(); i++) {
      Object value = row.getValue(i);
      values.add(value == null ? "null" : value);
    }
    tally.add(rows, values);
    return tally;
  }

  @Override
  public RowTally mergeAccumulators(Iterable<RowTally> tallies) {
    RowTally sum = new RowTally();
    tallies.forEach(sum::addAll);
    return sum;
  }

  @Override
  public RowTally extractOutput(RowTally tally) {
    return tally;
  }

  @Override
  public Coder<RowTally> getAccumulatorCoder(CoderRegistry registry, Coder<Row> input)
      throws CannotProvideCoderException {
    return SerializableCoder.of(RowTally.class);
  }

  @Override
  public Coder<RowTally> getDefaultOutputCoder(CoderRegistry registry, Coder<Row> input)
      throws CannotProvideCoderException {
    return SerializableCoder.of(RowTally.class);
  }
}
