package org.pharos.transforms.features;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.values.Row;

/** All aggregators of a layout side by side, as a runner combines them. */
abstract class Summary<InputT> extends Combine.CombineFn<InputT, Object[], Row> {
  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final Schema output;
  private final Aggregator<Object>[] aggregators;

  @SuppressWarnings("unchecked") // each state meets only the aggregator that made it
  Summary(FeatureLayout layout, Schema output) {
    this.layout = layout;
    this.output = output;
    this.aggregators = layout.aggregators().toArray(Aggregator[]::new);
  }

  /** Takes an input into the states. */
  abstract void update(Object[] states, InputT input);

  final FeatureLayout layout() {
    return layout;
  }

  final Aggregator<Object> aggregator(int feature) {
    return aggregators[feature];
  }

  /** Takes the values of an event into the state of a feature, if it has one for it. */
  final void update(Object[] states, int feature, Row values) {
    Object value = layout.value(feature, values);
    if (value != null) {
      states[feature] =
          aggregators[feature].update(states[feature], value, FeatureLayout.at(values));
    }
  }

  @Override
  public final Object[] createAccumulator() {
    Object[] states = new Object[aggregators.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = aggregators[i].prepare();
    }
    return states;
  }

  @Override
  public final Object[] addInput(Object[] states, InputT input) {
    update(states, input);
    return states;
  }

  @Override
  public final Object[] mergeAccumulators(Iterable<Object[]> parts) {
    Object[] merged = createAccumulator();
    for (Object[] part : parts) {
      for (int i = 0; i < merged.length; i++) {
        merged[i] = aggregators[i].merge(merged[i], part[i]);
      }
    }
    return merged;
  }

  @Override
  public final Coder<Object[]> getAccumulatorCoder(CoderRegistry registry, Coder<InputT> input) {
    return new StatesCoder(layout);
  }

  @Override
  public final Coder<Row> getDefaultOutputCoder(CoderRegistry registry, Coder<InputT> input) {
    return RowCoder.of(output);
  }
}
