package org.pharos.transforms.features;

import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@link Min} and {@link Max}.
 *
 * @param sign of a comparison that a value wins against another: -1 for the least
 */
record Extreme(FieldType values, int sign) implements Aggregator<Extreme.Best> {

  static final class Best {
    private @Nullable Object value;
  }

  @Override
  public FieldType resultType() {
    return values.withNullable(true);
  }

  @Override
  public FieldType stateType() {
    return values.withNullable(true);
  }

  @Override
  public Best prepare() {
    return new Best();
  }

  @Override
  public Best update(Best state, Object value, Instant at) {
    return take(state, Comparables.canonical(value));
  }

  private Best take(Best state, @Nullable Object value) {
    if (value != null
        && (state.value == null || sign * Comparables.compare(value, state.value) > 0)) {
      state.value = value;
    }
    return state;
  }

  @Override
  public Best merge(Best left, Best right) {
    return take(left, right.value);
  }

  @Override
  public @Nullable Object finish(Best state, Instant asOf) {
    return state.value;
  }

  @Override
  public @Nullable Object store(Best state) {
    return state.value;
  }

  @Override
  public Best restore(@Nullable Object stored) {
    return take(prepare(), stored == null ? null : Comparables.canonical(stored));
  }
}
