package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.StructuredCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;

/** Outcomes need a coder of their own: their rows have the schemas of one write. */
final class LwtOutcomeCoder extends StructuredCoder<LwtOutcome> {
  private final Coder<Row> row;
  private final Coder<Row> current;

  LwtOutcomeCoder(Schema row, Schema current) {
    this.row = RowCoder.of(row);
    this.current = NullableCoder.of(RowCoder.of(current));
  }

  @Override
  public void encode(LwtOutcome outcome, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(outcome.state().name(), out);
    row.encode(outcome.row(), out);
    current.encode(outcome.current(), out);
  }

  @Override
  public LwtOutcome decode(InputStream in) throws IOException {
    LwtOutcome.State state = LwtOutcome.State.valueOf(StringUtf8Coder.of().decode(in));
    return new LwtOutcome(row.decode(in), state, current.decode(in));
  }

  @Override
  public List<? extends Coder<?>> getCoderArguments() {
    return List.of(row, current);
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    row.verifyDeterministic();
    current.verifyDeterministic();
  }
}
