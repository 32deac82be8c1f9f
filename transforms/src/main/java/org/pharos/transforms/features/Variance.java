package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
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

  private static final class Moments {
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();
    private long count;
  }

  private record Spread(boolean root) implements Aggregator<Moments> {

    @Override
    public FieldType resultType() {
      return FieldType.DOUBLE.withNullable(true);
    }

    /** The count, how many parts the sum has, these, and the parts of the squares' sum. */
    @Override
    public FieldType stateType() {
      return FieldType.array(FieldType.DOUBLE).withNullable(true);
    }

    @Override
    public Moments prepare() {
      return new Moments();
    }

    @Override
    public Moments update(Moments state, Object value, Instant at) {
      double number = ((Number) value).doubleValue();
      double square = number * number;
      state.count++;
      state.sum.add(number);
      state.squares.add(square);
      if (!Double.isInfinite(square)) {
        // What rounding the square has lost, which a fused multiplication tells exactly.
        state.squares.add(Math.fma(number, number, -square));
      }
      return state;
    }

    @Override
    public Moments merge(Moments left, Moments right) {
      left.count += right.count;
      left.sum.add(right.sum);
      left.squares.add(right.squares);
      return left;
    }

    @Override
    public @Nullable Object finish(Moments state, Instant asOf) {
      if (state.count == 0) {
        return null;
      }
      if (!Double.isFinite(state.squares.value())) {
        return Double.NaN;
      }
      BigDecimal count = BigDecimal.valueOf(state.count);
      BigDecimal sum = state.sum.exact();
      double variance =
          state
              .squares
              .exact()
              .multiply(count)
              .subtract(sum.multiply(sum))
              .divide(count.multiply(count), MathContext.DECIMAL128)
              .doubleValue();
      return root ? Math.sqrt(variance) : variance;
    }

    @Override
    public @Nullable Object store(Moments state) {
      if (state.count == 0) {
        return null;
      }
      List<Double> sum = state.sum.parts();
      List<Double> stored = new ArrayList<>();
      stored.add((double) state.count);
      stored.add((double) sum.size());
      stored.addAll(sum);
      stored.addAll(state.squares.parts());
      return stored;
    }

    @Override
    public Moments restore(@Nullable Object stored) {
      Moments state = new Moments();
      if (stored != null) {
        Iterator<?> parts = ((Collection<?>) stored).iterator();
        state.count = ((Double) parts.next()).longValue();
        for (int left = ((Double) parts.next()).intValue(); left > 0; left--) {
          state.sum.add((Double) parts.next());
        }
        parts.forEachRemaining(part -> state.squares.add((Double) part));
      }
      return state;
    }
  }
}
