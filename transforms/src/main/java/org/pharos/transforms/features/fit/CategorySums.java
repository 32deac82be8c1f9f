package org.pharos.transforms.features.fit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregator;

/** Exact sums of Rows for each category, all in memory: the same in whatever order. */
abstract class CategorySums implements Aggregator<Map<Object, BigDecimal[]>> {
  private static final long serialVersionUID = 1L;

  private final FieldType categories;
  private final int width;

  /**
   * @param categories their type
   * @param width how many sums a category has
   */
  CategorySums(FieldType categories, int width) {
    this.categories = categories.withNullable(false);
    this.width = width;
  }

  final FieldType categories() {
    return categories;
  }

  /** Adds a row where it belongs. */
  abstract void add(Map<Object, BigDecimal[]> state, Row row);

  final void add(BigDecimal[] sums, int place, BigDecimal number) {
    sums[place] = sums[place].add(number);
  }

  /** The sums of a category, which begin at 0. */
  final BigDecimal[] sums(Map<Object, BigDecimal[]> state, Object category) {
    return state.computeIfAbsent(
        category,
        key -> {
          BigDecimal[] zeros = new BigDecimal[width];
          Arrays.fill(zeros, BigDecimal.ZERO);
          return zeros;
        });
  }

  /** A number or a truth, which is 0 or 1; null for null. */
  static @Nullable BigDecimal exact(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    Double number = Numbers.of(value);
    return number == null ? null : new BigDecimal(number);
  }

  @Override
  public final FieldType stateType() {
    return FieldType.map(categories, FieldType.array(FieldType.DECIMAL));
  }

  @Override
  public final Map<Object, BigDecimal[]> prepare() {
    return new HashMap<>();
  }

  @Override
  public final Map<Object, BigDecimal[]> update(
      Map<Object, BigDecimal[]> state, Object value, Instant at) {
    add(state, (Row) value);
    return state;
  }

  @Override
  public final Map<Object, BigDecimal[]> merge(
      Map<Object, BigDecimal[]> left, Map<Object, BigDecimal[]> right) {
    right.forEach(
        (category, sums) ->
            left.merge(
                category,
                sums,
                (one, other) -> {
                  Arrays.setAll(one, i -> one[i].add(other[i]));
                  return one;
                }));
    return left;
  }

  @Override
  public final Object store(Map<Object, BigDecimal[]> state) {
    Map<Object, List<BigDecimal>> stored = new HashMap<>();
    state.forEach((category, sums) -> stored.put(category, new ArrayList<>(List.of(sums))));
    return stored;
  }

  @Override
  public final Map<Object, BigDecimal[]> restore(@Nullable Object stored) {
    Map<Object, BigDecimal[]> state = new HashMap<>();
    if (stored != null) {
      ((Map<?, ?>) stored)
          .forEach(
              (category, sums) -> state.put(category, ((List<?>) sums).toArray(new BigDecimal[0])));
    }
    return state;
  }
}
