package org.pharos.transforms.features;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often each value occurs, all of them in memory: the state of what is told of frequencies. */
abstract class CountingAggregator implements Aggregator<Map<Object, Long>> {
  private static final long serialVersionUID = 1L;

  private final FieldType values;

  CountingAggregator(FieldType values) {
    this.values = values;
  }

  final FieldType values() {
    return values;
  }

  /** So many entries, the most frequent first; of equally frequent ones the least first. */
  static Stream<Map.Entry<Object, Long>> mostFrequent(Map<Object, Long> counts, long most) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<Object, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry::getKey, Comparables::compare))
        .limit(most);
  }

  @Override
  public final FieldType stateType() {
    return FieldType.map(values, FieldType.INT64);
  }

  @Override
  public final Map<Object, Long> prepare() {
    return new HashMap<>();
  }

  @Override
  public final Map<Object, Long> update(Map<Object, Long> state, Object value, Instant at) {
    state.merge(Comparables.canonical(value), 1L, Long::sum);
    return state;
  }

  @Override
  public final Map<Object, Long> merge(Map<Object, Long> left, Map<Object, Long> right) {
    Map<Object, Long> larger = left.size() < right.size() ? right : left;
    Map<Object, Long> smaller = larger == left ? right : left;
    smaller.forEach((value, count) -> larger.merge(value, count, Long::sum));
    return larger;
  }

  @Override
  public final Object store(Map<Object, Long> state) {
    return Collections.unmodifiableMap(state);
  }

  @Override
  public final Map<Object, Long> restore(@Nullable Object stored) {
    Map<Object, Long> state = new HashMap<>();
    if (stored != null) {
      ((Map<?, ?>) stored)
          .forEach(
              (value, count) -> state.merge(Comparables.canonical(value), (Long) count, Long::sum));
    }
    return state;
  }
}
