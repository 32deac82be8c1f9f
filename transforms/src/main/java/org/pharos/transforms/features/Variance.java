package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the values of a field are from their mean: the population variance, the mean of the
 * squared distances; or its root, the standard deviation. A double, null when there is no value and
 * 0 when there is one; of values that are no finite numbers, NaN.
 *
 * <p>Values count as doubles. Their sum and that of their squares are kept exactly and rounded once
 * at the end, so that no order or split changes a bit, and values far from 0 and close to each
 * other lose nothing. Only squares beyond the range of doubles (values above 1e154) give NaN, and
 * those of values below 1e-146 are inexact.
 */
public final class Variance implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final boolean root;

  private Variance(String field, boolean root) {
    this.field = field;
    this.root = root;
  }

  public static Variance of(String field) {
    return new Variance(Objects.requireNonNull(field, "field"), false);
  }

  /** Its root, in the unit of the field. */
  public Variance asDeviation() {
    return new Variance(field, true);
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64, DECIMAL, FLOAT, DOUBLE -> new Spread(root);
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return (root ? "standard deviation of " : "variance of ") + field;
  }

  /** The first sum is that of the values, the second that of their squares. */
  private record Spread(boolean root) implements Aggregator<Moments> {

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
      return new Moments(2);
    }

    @Override
    public Moments update(Moments state, Object value, Instant at) {
      double number = ((Number) value).doubleValue();
      state.increment();
      state.sum(0).add(number);
      state.sum(1).addProduct(number, number);
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
      if (!state.isFinite()) {
        return Double.NaN;
      }
      BigDecimal count = BigDecimal.valueOf(state.count());
      BigDecimal sum = state.exact(0);
      double variance =
          state
              .exact(1)
              .multiply(count)
              .subtract(sum.multiply(sum))
              .divide(count.multiply(count), MathContext.DECIMAL128)
              .doubleValue();
      return root ? Math.sqrt(variance) : variance;
    }

    @Override
    public @Nullable Object store(Moments state) {
      return state.store();
    }

    @Override
    public Moments restore(@Nullable Object stored) {
      return Moments.restore(2, stored);
    }
  }
}
