package org.pharos.transforms.features;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast the values of a field rise: the slope of the line through them over time by least
 * squares, in units of the field a day (or {@link #per}). A double; null unless values come at two
 * times or more; NaN where a value is no finite number.
 *
 * <p>With times t and values v of n events, (n Σtv - Σt Σv) / (n Σt² - (Σt)²). The sums are kept
 * exactly and the result is rounded once, so that no order or split changes a bit. Values count as
 * doubles; of those above 1e295 the result is NaN.
 */
public final class Trend implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final long unit;

  private Trend(String field, long unit) {
    this.field = field;
    this.unit = unit;
  }

  /** The trend of a field of numbers, a day. */
  public static Trend of(String field) {
    return new Trend(Objects.requireNonNull(field, "field"), Duration.standardDays(1).getMillis());
  }

  /**
   * In units of the field in so much time. Default: a day of 24 hours.
   *
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public Trend per(Duration time) {
    if (time.getMillis() < 1) {
      throw new IllegalArgumentException(
          "a trend is per 1 ms or more, but this is " + time.getMillis() + " ms");
    }
    return new Trend(field, time.getMillis());
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64, DECIMAL, FLOAT, DOUBLE -> new Slope(unit);
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return "trend of " + field;
  }

  /** The sums are those of times, values, squared times, and times with values. */
  private record Slope(long unit) implements Aggregator<Moments> {

    private static final int TIMES = 0;
    private static final int VALUES = 1;
    private static final int SQUARES = 2;
    private static final int PRODUCTS = 3;

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
      return new Moments(4);
    }

    @Override
    public Moments update(Moments state, Object value, Instant at) {
      double time = at.getMillis();
      double number = ((Number) value).doubleValue();
      state.increment();
      state.sum(TIMES).add(time);
      state.sum(VALUES).add(number);
      state.sum(SQUARES).addProduct(time, time);
      state.sum(PRODUCTS).addProduct(time, number);
      return state;
    }

    @Override
    public Moments merge(Moments left, Moments right) {
      return left.add(right);
    }

    @Override
    public @Nullable Object finish(Moments state, Instant asOf) {
      BigDecimal count = BigDecimal.valueOf(state.count());
      BigDecimal times = state.exact(TIMES);
      BigDecimal spread = count.multiply(state.exact(SQUARES)).subtract(times.multiply(times));
      if (spread.signum() == 0) {
        return null;
      }
      if (!state.isFinite()) {
        return Double.NaN;
      }
      return count
          .multiply(state.exact(PRODUCTS))
          .subtract(times.multiply(state.exact(VALUES)))
          .multiply(BigDecimal.valueOf(unit))
          .divide(spread, MathContext.DECIMAL128)
          .doubleValue();
    }

    @Override
    public @Nullable Object store(Moments state) {
      return state.store();
    }

    @Override
    public Moments restore(@Nullable Object stored) {
      return Moments.restore(4, stored);
    }
  }
}
