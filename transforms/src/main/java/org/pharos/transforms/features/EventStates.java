package org.pharos.transforms.features;

import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** The values of events in, the row of what their states are stored as out. */
final class EventStates extends Summary<Row> {
  private static final long serialVersionUID = 1L;

  private final Instant asOf;

  /**
   * @param asOf where the windows of the features end
   */
  EventStates(FeatureLayout layout, Instant asOf) {
    super(layout, layout.states());
    this.asOf = asOf;
  }

  @Override
  void update(Object[] states, Row values) {
    Instant at = FeatureLayout.at(values);
    for (int i = 0; i < states.length; i++) {
      if (layout().windows().get(i).covers(at, asOf)) {
        update(states, i, values);
      }
    }
  }

  @Override
  public Row extractOutput(Object[] states) {
    return storeApart(states);
  }

  /** What is stored of a tile, with one more event. */
  Row add(@Nullable Row stored, Row values) {
    return extractOutput(addInput(restore(stored), values));
  }

  /** What is stored of both. */
  Row merge(@Nullable Row stored, Row other) {
    return extractOutput(mergeAccumulators(List.of(restore(stored), restore(other))));
  }

  private Object[] restore(@Nullable Row stored) {
    Object[] states = createAccumulator();
    if (stored != null) {
      mergeStored(states, stored);
    }
    return states;
  }
}
