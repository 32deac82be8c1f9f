package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

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

  /** The schema of what comes out. */
  final Schema output() {
    return output;
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

  /** Takes what is stored of other states into these. */
  final void mergeStored(Object[] states, Row stored) {
    for (int i = 0; i < states.length; i++) {
      states[i] = aggregators[i].merge(states[i], aggregators[i].restore(stored.getValue(i)));
    }
  }

  /** What states are stored as, apart from them. */
  final Row storeApart(Object[] states) {
    try {
      return CoderUtils.clone(RowCoder.of(layout.states()), store(states));
    } catch (CoderException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What states are stored as; it may be a view of them. */
  final Row store(Object[] states) {
    List<@Nullable Object> stored = new ArrayList<>(states.length);
    for (int i = 0; i < states.length; i++) {
      stored.add(aggregators[i].store(states[i]));
    }
    return Row.withSchema(layout.states()).attachValues(stored);
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
