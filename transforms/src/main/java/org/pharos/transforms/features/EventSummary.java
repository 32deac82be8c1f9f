package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** All aggregators of a layout side by side: the values of events in, the row of results out. */
final class EventSummary extends Combine.CombineFn<Row, Object[], Row> {

  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final Aggregator<Object>[] aggregators;
  private final Instant asOf;

  @SuppressWarnings("unchecked") // each state meets only the aggregator that made it
  EventSummary(FeatureLayout layout, Instant asOf) {
    this.layout = layout;
    this.aggregators = layout.aggregators().toArray(Aggregator[]::new);
    this.asOf = asOf;
  }

  @Override
  public Object[] createAccumulator() {
    Object[] states = new Object[aggregators.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = aggregators[i].prepare();
    }
    return states;
  }

  @Override
  public Object[] addInput(Object[] states, Row values) {
    Instant at = FeatureLayout.at(values);
    for (int i = 0; i < states.length; i++) {
      Object value = layout.value(i, values);
      if (value != null) {
        states[i] = aggregators[i].update(states[i], value, at);
      }
    }
    return states;
  }

  @Override
  public Object[] mergeAccumulators(Iterable<Object[]> parts) {
    Object[] merged = createAccumulator();
    for (Object[] part : parts) {
      for (int i = 0; i < merged.length; i++) {
        merged[i] = aggregators[i].merge(merged[i], part[i]);
      }
    }
    return merged;
  }

  @Override
  public Row extractOutput(Object[] states) {
    List<@Nullable Object> results = new ArrayList<>(states.length);
    for (int i = 0; i < states.length; i++) {
      results.add(aggregators[i].finish(states[i], asOf));
    }
    return Row.withSchema(layout.results()).attachValues(results);
  }

  @Override
  public Coder<Object[]> getAccumulatorCoder(CoderRegistry registry, Coder<Row> input) {
    return new StatesCoder(layout);
  }

  @Override
  public Coder<Row> getDefaultOutputCoder(CoderRegistry registry, Coder<Row> input) {
    return RowCoder.of(layout.results());
  }
}
