package org.pharos.transforms.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** States as a row of what they are stored as. */
final class StatesCoder extends CustomCoder<Object[]> {

  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final RowCoder rows;

  StatesCoder(FeatureLayout layout) {
    this.layout = layout;
    this.rows = RowCoder.of(layout.states());
  }

  @Override
  public void encode(Object[] states, OutputStream out) throws IOException {
    List<@Nullable Object> stored = new ArrayList<>(states.length);
    for (int i = 0; i < states.length; i++) {
      stored.add(store(layout.aggregators().get(i), states[i]));
    }
    rows.encode(Row.withSchema(layout.states()).attachValues(stored), out);
  }

  @Override
  public Object[] decode(InputStream in) throws IOException {
    Row stored = rows.decode(in);
    Object[] states = new Object[stored.getFieldCount()];
    for (int i = 0; i < states.length; i++) {
      states[i] = restore(layout.aggregators().get(i), stored.getValue(i));
    }
    return states;
  }

  @SuppressWarnings("unchecked") // the state was made by this aggregator
  private static <S> @Nullable Object store(Aggregator<S> aggregator, Object state) {
    return aggregator.store((S) state);
  }

  private static <S> Object restore(Aggregator<S> aggregator, @Nullable Object stored) {
    return aggregator.restore(stored);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StatesCoder that && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return rows.hashCode();
  }
}
