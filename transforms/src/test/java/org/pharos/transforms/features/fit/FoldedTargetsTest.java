package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pharos.transforms.features.fit.Shoppers.EXACT;
import static org.pharos.transforms.features.fit.Shoppers.row;
import static org.pharos.transforms.features.fit.Shoppers.rows;
import static org.pharos.transforms.features.fit.Shoppers.with;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Categories told by targets, against a pass over all rows. */
class FoldedTargetsTest {
  /** (n y_c + m y) / (n + m) over the rows of other folds, one by one. */
  private static @Nullable Double target(List<Row> rows, Row row, int folds, double smoothing) {
    Predicate<Row> other =
        each ->
            each.getBoolean("bought") != null
                && each.getString("shop") != null
                && FoldedTargets.fold(each.getValue("customer"), folds)
                    != FoldedTargets.fold(row.getValue("customer"), folds);
    List<Row> all = rows.stream().filter(other).toList();
    List<Row> same =
        all.stream().filter(each -> each.getString("shop").equals(row.getString("shop"))).toList();
    double mean = share(all);
    return same.isEmpty()
        ? mean
        : (Double) ((same.size() * share(same) + smoothing * mean) / (same.size() + smoothing));
  }

  /** ln(((t_c + 1) / (t + 2)) / ((f_c + 1) / (f + 2))) over the rows of other folds. */
  private static double evidence(List<Row> rows, Row row) {
    double[][] counts = new double[2][2];
    for (Row each : rows) {
      Boolean bought = each.getBoolean("bought");
      boolean other =
          FoldedTargets.fold(each.getValue("customer"), 5)
              != FoldedTargets.fold(row.getValue("customer"), 5);
      if (bought != null && other && each.getString("shop") != null) {
        counts[0][bought ? 1 : 0]++;
        counts[1][bought ? 1 : 0] += each.getString("shop").equals(row.getString("shop")) ? 1 : 0;
      }
    }
    return counts[1][0] + counts[1][1] == 0
        ? 0
        : Math.log(
            ((counts[1][1] + 1) / (counts[0][1] + 2)) / ((counts[1][0] + 1) / (counts[0][0] + 2)));
  }

  private static double share(List<Row> rows) {
    return (double) rows.stream().filter(row -> row.getBoolean("bought")).count() / rows.size();
  }

  @Test
  void a_target_is_told_by_the_rows_of_other_folds() {
    List<Row> rows = rows(300);
    FeaturePipeline model =
        with(TargetEncoder.of("shop", "bought", "customer").withFolds(4).withSmoothing(3));
    FittedPipeline fitted = model.fit(rows);
    List<Row> asked = new ArrayList<>(rows);
    asked.add(row(7, "never seen", 1.0, 1, null));
    for (Row row : asked) {
      assertThat(fitted.apply(row).getDouble("shop"))
          .isCloseTo(target(rows, row, 4, 3), within(EXACT));
    }
    FittedPipeline evidence = with(WeightOfEvidence.of("shop", "bought", "customer")).fit(rows);
    for (Row row : asked) {
      assertThat(evidence.apply(row).getDouble("shop"))
          .isCloseTo(evidence(rows, row), within(EXACT));
    }
    // Its own targets do not move what an entity is told.
    List<Row> other = new ArrayList<>();
    rows.forEach(
        row ->
            other.add(
                row.getInt64("customer") == 5
                    ? row(5, row.getString("shop"), row.getDouble("x"), row.getInt32("y"), true)
                    : row));
    Row five = row(5, "shop|2", null, null, null);
    assertThat(model.fit(other).apply(five)).isEqualTo(fitted.apply(five));
  }
}
