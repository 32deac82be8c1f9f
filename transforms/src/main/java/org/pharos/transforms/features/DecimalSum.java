package org.pharos.transforms.features;

import java.math.BigDecimal;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@link Sum} of decimals, or of whole numbers: added as decimals too, so that no order of adding
 * overflows on the way to a sum that fits.
 */
record DecimalSum(Sum sum, boolean whole) implements Aggregator<DecimalSum.Total> {

  static final class Total {
    private @Nullable BigDecimal value;
  }

  @Override
  public FieldType resultType() {
    return (whole ? FieldType.INT64 : FieldType.DECIMAL).withNullable(true);
  }

  @Override
  public FieldType stateType() {
    return FieldType.DECIMAL.withNullable(true);
  }

  @Override
  public Total prepare() {
    return new Total();
  }

  @Override
  public Total update(Total state, Object value, Instant at) {
    return add(
        state, whole ? BigDecimal.valueOf(((Number) value).longValue()) : (BigDecimal) value);
  }

  @Override
  public Total merge(Total left, Total right) {
    return add(left, right.value);
  }

  private static Total add(Total state, @Nullable BigDecimal value) {
    BigDecimal before = state.value;
    state.value = before == null || value == null ? orElse(before, value) : before.add(value);
    return state;
  }

  private static @Nullable BigDecimal orElse(
      @Nullable BigDecimal first, @Nullable BigDecimal second) {
    return first == null ? second : first;
  }

  @Override
  public @Nullable Object finish(Total state, Instant asOf) {
    BigDecimal value = state.value;
    if (value == null || !whole) {
      return value;
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw new ArithmeticException(
          "the " + sum + " is " + value + ", which no bigint holds: make the field a decimal");
    }
  }

  @Override
  public @Nullable Object store(Total state) {
    return state.value;
  }

  @Override
  public Total restore(@Nullable Object stored) {
    Total state = new Total();
    state.value = (BigDecimal) stored;
    return state;
  }
}
