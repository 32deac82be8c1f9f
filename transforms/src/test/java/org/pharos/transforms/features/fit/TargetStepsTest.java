package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.pharos.transforms.features.fit.Shoppers.assertRefused;
import static org.pharos.transforms.features.fit.Shoppers.assertSameInPipeline;
import static org.pharos.transforms.features.fit.Shoppers.row;
import static org.pharos.transforms.features.fit.Shoppers.rows;
import static org.pharos.transforms.features.fit.Shoppers.values;
import static org.pharos.transforms.features.fit.Shoppers.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

/** Steps that choose bins or columns, by a target or by how they vary. */
class TargetStepsTest {

  private static FittedPipeline iris(FeatureStep step, List<Row> rows) {
    return FeaturePipeline.of(Iris.ROWS).with(step).fit(rows);
  }

  /** What R's package discretization, {@code mdlp(iris)}, has of petals. */
  @Test
  void bins_tell_the_species_of_irises() {
    List<Row> rows = new ArrayList<>(Iris.rows());
    Collections.shuffle(rows, new Random(7));
    assertThat(iris(MdlpDiscretizer.of("length", "species"), rows).learned().getArray(0))
        .satisfiesExactly(
            edge -> assertThat((double) edge).isCloseTo(2.45, offset(1e-9)),
            edge -> assertThat((double) edge).isCloseTo(4.75, offset(1e-9)));
    FittedPipeline widths = iris(MdlpDiscretizer.of("width", "species"), rows);
    assertThat(widths.learned().getArray(0))
        .satisfiesExactly(
            edge -> assertThat((double) edge).isCloseTo(0.8, offset(1e-9)),
            edge -> assertThat((double) edge).isCloseTo(1.75, offset(1e-9)));
    for (Object[] each : new Object[][] {{0.1, 0L}, {0.81, 1L}, {1.8, 2L}, {Double.NaN, 2L}}) {
      Row row = Row.withSchema(Iris.ROWS).addValues("?", 0.0, each[0]).build();
      assertThat(widths.apply(row).<Long>getValue("width")).isEqualTo(each[1]);
    }
  }

  @Test
  void what_tells_no_class_is_in_one_bin() {
    List<Row> rows = rows(200);
    FittedPipeline random = with(MdlpDiscretizer.of("x", "bought")).fit(rows);
    assertThat(random.learned().getArray(0)).isEmpty();
    assertThat(values(random, "x", row(1, null, 3.0, null, null), row(1, null, null, null, null)))
        .containsExactly(0L, null);
    FittedPipeline none =
        with(MdlpDiscretizer.of("x", "bought")).fit(List.of(row(1, "a", 1.0, 1, null)));
    assertThat(values(none, "x", row(1, null, 3.0, null, null))).containsOnlyNulls();
  }

  /** Cuts are between neighbours, also where doubles are close, and the two zeros are one. */
  @Test
  void edges_part_numbers_that_are_next_to_each_other() {
    double next = Math.nextUp(1.0);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(row(i, null, 1.0, null, false));
      rows.add(row(i, null, next, null, true));
    }
    FittedPipeline fitted = with(MdlpDiscretizer.of("x", "bought")).fit(rows);
    assertThat(values(fitted, "x", row(1, null, 1.0, null, null), row(1, null, next, null, null)))
        .containsExactly(0L, 1L);
    List<Row> zeros = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      zeros.add(row(i, null, 0.0, null, false));
      zeros.add(row(i, null, -0.0, null, true));
    }
    assertThat(with(MdlpDiscretizer.of("x", "bought")).fit(zeros).learned().getArray(0)).isEmpty();
  }

  /** What scikit-learn's f_classif and chi2 have of irises. */
  @Test
  void scores_are_those_of_scikit_learn() {
    List<Row> rows = Iris.rows();
    FittedPipeline anova = iris(SelectKBest.anovaF("best", 1, "species", "width", "length"), rows);
    assertThat(anova.learned().getArray(0))
        .satisfiesExactly(
            score -> assertThat((double) score).isCloseTo(960.007147, offset(1e-6)),
            score -> assertThat((double) score).isCloseTo(1180.161182, offset(1e-6)));
    assertThat(anova.apply(rows.get(0)).getArray("best")).containsExactly(1.0);
    assertThat(
            iris(SelectKBest.chiSquared("best", 1, "species", "length", "width"), rows)
                .learned()
                .getArray(0))
        .satisfiesExactly(
            score -> assertThat((double) score).isCloseTo(116.31261309, offset(1e-8)),
            score -> assertThat((double) score).isCloseTo(67.0483602, offset(1e-7)));
  }

  /** Against the correlation as it is written in books. */
  @Test
  void the_f_of_a_regression_is_that_of_the_correlation() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    double[] x = new double[100];
    double[] y = new double[100];
    for (int i = 0; i < 100; i++) {
      x[i] = 1e6 + random.nextGaussian();
      int target = (int) Math.round(3 * (x[i] - 1e6) + 5 * random.nextGaussian());
      y[i] = target;
      rows.add(row(i, null, x[i], target, null));
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < 100; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double squared = xy * xy / (xx * yy);
    FittedPipeline fitted =
        with(SelectKBest.regressionF("best", 1, "y", "customer", "x")).fit(rows);
    assertThat(fitted.learned().<Double>getArray(0))
        .element(1)
        .satisfies(
            score ->
                assertThat((double) score).isCloseTo(squared / (1 - squared) * 98, offset(1e-6)));
    assertThat(fitted.apply(rows.get(3)).getArray("best")).containsExactly(x[3]);
  }

  @Test
  void a_column_without_a_score_is_chosen_last_and_a_perfect_one_first() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      rows.add(row(4, null, i * 0.1, i, null));
    }
    FittedPipeline regression =
        with(SelectKBest.regressionF("best", 1, "y", "customer", "x")).fit(rows);
    assertThat(regression.learned().getArray(0)).first().isEqualTo(Double.NaN);
    assertThat(regression.apply(row(4, null, null, 1, null)).getArray("best"))
        .containsExactly(Double.NaN);
    List<Row> classes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      classes.add(row(5, null, (double) (i % 2), i % 2 * 3, i % 2 == 0));
      classes.add(row(5, null, null, 9, null));
    }
    FittedPipeline anova =
        with(SelectKBest.anovaF("best", 2, "bought", "customer", "x", "y")).fit(classes);
    assertThat(anova.learned().getArray(0))
        .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertThat(anova.apply(row(5, null, 1.5, 2, null)).getArray("best")).containsExactly(1.5, 2.0);
    assertThat(
            with(SelectKBest.anovaF("best", 1, "bought", "y", "x"))
                .fit(List.of())
                .apply(row(5, null, 1.5, 2, null))
                .getArray("best"))
        .containsExactly(2.0);
  }

  @Test
  void columns_that_do_not_vary_are_left_out() {
    List<Row> rows =
        List.of(
            row(7, null, 1.0, 1, null), row(7, null, 2.0, null, null), row(7, null, 3.0, 1, null));
    FittedPipeline fitted =
        with(VarianceThreshold.of("varied", 0.5, "customer", "x", "y")).fit(rows);
    assertThat(fitted.apply(rows.get(1)).getArray("varied")).containsExactly(2.0);
    // The variance of 1, 2, 3 is 2/3 by n.
    assertThat(
            with(VarianceThreshold.of("varied", 2.0 / 3, "customer", "x", "y"))
                .fit(rows)
                .apply(rows.get(1))
                .getArray("varied"))
        .isEmpty();
  }

  @Test
  void a_pipeline_learns_the_same() {
    FeaturePipeline model =
        with(SelectKBest.anovaF("best", 1, "bought", "x", "y"))
            .with(SelectKBest.regressionF("told", 1, "y", "customer", "x"))
            .with(VarianceThreshold.of("varied", 1, "customer", "y"))
            .with(MdlpDiscretizer.of("y", "shop"))
            .with(QuantileTransformer.normal("x", 20));
    assertSameInPipeline(model, rows(120));
  }

  @Test
  void what_does_not_fit_is_refused_by_name() {
    assertRefused(
        () -> with(MdlpDiscretizer.of("shop", "bought")),
        "MdlpDiscretizer of shop needs numbers, but the column is STRING");
    assertRefused(
        () -> with(MdlpDiscretizer.of("y", "x")),
        "MdlpDiscretizer of x needs texts, truths or whole numbers, but the column is DOUBLE");
    assertRefused(
        () -> SelectKBest.anovaF("best", 3, "bought", "x", "y"),
        "SelectKBest best chooses 1 to 2 columns, not 3");
    assertRefused(
        () -> with(SelectKBest.regressionF("best", 1, "shop", "x")),
        "SelectKBest of shop needs numbers, but the column is STRING");
    assertRefused(
        () -> with(SelectKBest.anovaF("best", 1, "x", "y", "x")),
        "SelectKBest best reads a column twice: [x, y, x]");
    assertRefused(
        () -> VarianceThreshold.of("v", -1, "x"),
        "VarianceThreshold v has a threshold of 0 or more, not -1.0");
    assertThatThrownBy(
            () ->
                with(SelectKBest.chiSquared("best", 1, "bought", "x"))
                    .fit(List.of(row(1, null, -2.0, null, true))))
        .hasMessage("chi squared is of numbers that are not negative, but column x has -2");
  }
}
