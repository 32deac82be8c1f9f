package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The mean of the values of a field: a double, null when there is none. Values count as doubles;
 * their sum is exact and the mean rounded once, so that no order or split changes a bit. With
 * infinities or NaN it is what adding them gives.
 */
public final class Mean implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;

  private Mean(String field) {
    this.field = field;
  }

  public static Mean of(String field) {
    return new Mean(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64, DECIMAL, FLOAT, DOUBLE -> new Average();
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return "mean of " + field;
  }

  private record Average() implements Aggregator<Moments> {

    @Override
    public FieldType resultType() {
      return FieldType.DOUBLE.withNullable(true);
    }

    @Override
    public FieldType stateType() {
      return FieldType.array(FieldType.DOUBLE).withNullable(true);
    }

    @Override
    public Moments prepare() {
      return new Moments(1);
    }

    @Override
    public Moments update(Moments state, Object value, Instant at) {
      state.increment();
      state.sum(0).add(((Number) value).doubleValue());
      return state;
    }

    @Override
    public Moments merge(Moments left, Moments right) {
      return left.add(right);
    }

    @Override
    public @Nullable Object finish(Moments state, Instant asOf) {
      if (state.count() == 0) {
        return null;
      }
      double sum = state.sum(0).value();
      return Double.isFinite(sum)
          ? state
              .exact(0)
              .divide(BigDecimal.valueOf(state.count()), MathContext.DECIMAL128)
              .doubleValue()
          : sum;
    }

    @Override
    public @Nullable Object store(Moments state) {
      return state.store();
    }

    @Override
    public Moments restore(@Nullable Object stored) {
      return Moments.restore(1, stored);
    }
  }
}
