package org.pharos.transforms.features.fit;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
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
    return new ByFold(values.getRowSchema().getField(0).getType(), folds);
  }

  @Override
  public String toString() {
    return "target sums of " + step;
  }

  private static final class ByFold extends CategorySums {
    private static final long serialVersionUID = 1L;

    private final int folds;

    ByFold(FieldType categories, int folds) {
      super(categories, 2 * (folds + 1));
      this.folds = folds;
    }

    @Override
    public FieldType resultType() {
      return FieldType.map(categories(), FieldType.array(FieldType.DOUBLE));
    }

    @Override
    void add(Map<Object, BigDecimal[]> state, Row row) {
      Object category = row.getValue(0);
      BigDecimal target = exact(row.getValue(1));
      if (category != null && target != null) {
        BigDecimal[] sums = sums(state, category);
        int fold = FoldedTargets.fold(row.getValue(2), folds);
        int place = 2 * (fold < 0 ? folds : fold);
        add(sums, place, BigDecimal.ONE);
        add(sums, place + 1, target);
      }
    }

    @Override
    public Object finish(Map<Object, BigDecimal[]> state, Instant asOf) {
      Map<Object, List<Double>> finished = new HashMap<>();
      state.forEach(
          (category, sums) ->
              finished.put(category, Arrays.stream(sums).map(BigDecimal::doubleValue).toList()));
      return finished;
    }
  }
}
