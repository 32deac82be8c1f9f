package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** The values of events in, the row of what their states are stored as out. */
final class EventStates extends Summary<Row> {
  private static final long serialVersionUID = 1L;

  EventStates(FeatureLayout layout) {
    super(layout, layout.states());
  }

  @Override
  void update(Object[] states, Row values) {
    for (int i = 0; i < states.length; i++) {
      update(states, i, values);
    }
  }

  @Override
  public Row extractOutput(Object[] states) {
    List<@Nullable Object> stored = new ArrayList<>(states.length);
    for (int i = 0; i < states.length; i++) {
      stored.add(aggregator(i).store(states[i]));
    }
    try {
      // What is stored may be a view of a state, which the runner may keep and go on with.
      return CoderUtils.clone(
          RowCoder.of(layout().states()), Row.withSchema(layout().states()).attachValues(stored));
    } catch (CoderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is stored of a tile, with one more event. */
  Row add(@Nullable Row stored, Row values) {
    return extractOutput(addInput(states(stored), values));
  }

  /** What is stored of both. */
  Row merge(@Nullable Row stored, Row other) {
    return extractOutput(mergeAccumulators(List.of(states(stored), states(other))));
  }

  private Object[] states(@Nullable Row stored) {
    Object[] states = createAccumulator();
    if (stored != null) {
      for (int i = 0; i < states.length; i++) {
        states[i] = aggregator(i).restore(stored.getValue(i));
      }
    }
    return states;
  }
}
