package org.pharos.transforms.features;

import java.util.Collection;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@link Sum} of floats and doubles. */
record DoubleSum() implements Aggregator<DoubleSum.Total> {

  static final class Total {
    private final ExactSum sum = new ExactSum();
    private boolean any;
  }

  @Override
  public FieldType resultType() {
    return FieldType.DOUBLE.withNullable(true);
  }

  @Override
  public FieldType stateType() {
    return FieldType.array(FieldType.DOUBLE).withNullable(true);
  }

  @Override
  public Total prepare() {
    return new Total();
  }

  @Override
  public Total update(Total state, Object value, Instant at) {
    state.any = true;
    state.sum.add(((Number) value).doubleValue());
    return state;
  }

  @Override
  public Total merge(Total left, Total right) {
    left.any |= right.any;
    left.sum.add(right.sum);
    return left;
  }

  @Override
  public @Nullable Object finish(Total state, Instant asOf) {
    return state.any ? state.sum.value() : null;
  }

  @Override
  public @Nullable Object store(Total state) {
    return state.any ? state.sum.parts() : null;
  }

  @Override
  public Total restore(@Nullable Object stored) {
    Total state = new Total();
    if (stored != null) {
      state.any = true;
      for (Object part : (Collection<?>) stored) {
        state.sum.add((Double) part);
      }
    }
    return state;
  }
}
