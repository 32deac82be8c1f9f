package org.pharos.transforms.features.fit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * Of Rows of a category, a target and an entity: for each category the number of rows with a target
 * and the sum of their targets, by fold, those without entity last: {@code [n0, sum0, n1, sum1,
 * ...]}. Sums are exact.
 *
 * @param step that asks
 * @param folds of entities
 */
record TargetSums(String step, int folds) implements Aggregation {

  @Override
  public Optional<String> field() {
    return Optional.empty();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    if (values.getRowSchema() == null) {
      throw new IllegalArgumentException(this + " need Rows");
    }
    return new Sums(values.getRowSchema().getField(0).getType().withNullable(false), folds);
  }

  @Override
  public String toString() {
    return "target sums of " + step;
  }

  /** The state: exact counts and sums of each category. */
  private record Sums(FieldType categories, int folds)
      implements Aggregator<Map<Object, BigDecimal[]>> {

    @Override
    public FieldType resultType() {
      return FieldType.map(categories, FieldType.array(FieldType.DOUBLE));
    }

    @Override
    public FieldType stateType() {
      return FieldType.map(categories, FieldType.array(FieldType.DECIMAL));
    }

    @Override
    public Map<Object, BigDecimal[]> prepare() {
      return new HashMap<>();
    }

    private BigDecimal[] zeros() {
      BigDecimal[] zeros = new BigDecimal[2 * (folds + 1)];
      Arrays.fill(zeros, BigDecimal.ZERO);
      return zeros;
    }

    @Override
    public Map<Object, BigDecimal[]> update(
        Map<Object, BigDecimal[]> state, Object value, Instant at) {
      Row row = (Row) value;
      Object category = row.getValue(0);
      BigDecimal target = exact(row.getValue(1));
      if (category != null && target != null) {
        BigDecimal[] sums = state.computeIfAbsent(category, key -> zeros());
        int fold = FoldedTargets.fold(row.getValue(2), folds);
        int place = 2 * (fold < 0 ? folds : fold);
        sums[place] = sums[place].add(BigDecimal.ONE);
        sums[place + 1] = sums[place + 1].add(target);
      }
      return state;
    }

    private static @Nullable BigDecimal exact(@Nullable Object target) {
      if (target instanceof Boolean truth) {
        return truth ? BigDecimal.ONE : BigDecimal.ZERO;
      }
      if (target instanceof BigDecimal decimal) {
        return decimal;
      }
      Double number = Numbers.of(target);
      return number == null ? null : new BigDecimal(number);
    }

    @Override
    public Map<Object, BigDecimal[]> merge(
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
    public Object finish(Map<Object, BigDecimal[]> state, Instant asOf) {
      Map<Object, List<Double>> finished = new HashMap<>();
      state.forEach(
          (category, sums) ->
              finished.put(category, Arrays.stream(sums).map(BigDecimal::doubleValue).toList()));
      return finished;
    }

    @Override
    public Object store(Map<Object, BigDecimal[]> state) {
      Map<Object, List<BigDecimal>> stored = new HashMap<>();
      state.forEach((category, sums) -> stored.put(category, new ArrayList<>(List.of(sums))));
      return stored;
    }

    @Override
    public Map<Object, BigDecimal[]> restore(@Nullable Object stored) {
      Map<Object, BigDecimal[]> state = new HashMap<>();
      if (stored != null) {
        ((Map<?, ?>) stored)
            .forEach(
                (category, sums) ->
                    state.put(category, ((List<?>) sums).toArray(new BigDecimal[0])));
      }
      return state;
    }
  }
}
