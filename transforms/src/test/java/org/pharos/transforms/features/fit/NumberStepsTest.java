package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pharos.transforms.features.fit.Shoppers.EXACT;
import static org.pharos.transforms.features.fit.Shoppers.row;
import static org.pharos.transforms.features.fit.Shoppers.rows;
import static org.pharos.transforms.features.fit.Shoppers.values;
import static org.pharos.transforms.features.fit.Shoppers.with;
import static org.pharos.transforms.features.fit.Shoppers.x;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

/** Steps over one column of numbers, against their formulas written out. */
class NumberStepsTest {
  /** The least value that at least the share of all does not exceed. */
  private static double quantile(List<Row> rows, double rank) {
    double[] sorted =
        rows.stream()
            .map(row -> row.getDouble("x"))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return sorted[Math.max(0, (int) Math.ceil(rank * sorted.length) - 1)];
  }

  @Test
  void quantiles_scale_clip_fill_and_part() {
    List<Row> rows = rows(150);
    double low = quantile(rows, 0.25);
    double median = quantile(rows, 0.5);
    double high = quantile(rows, 0.75);
    FittedPipeline scaled = with(RobustScaler.of("x")).fit(rows);
    FittedPipeline clipped = with(Clipper.quantiles("x", 0.25, 0.75)).fit(rows);
    FittedPipeline fenced = with(Clipper.fences("x", 0.1)).fit(rows);
    FittedPipeline filled = with(SimpleImputer.median("x")).fit(rows);
    FittedPipeline parted = with(KBinsDiscretizer.quantile("x", 4)).fit(rows);
    for (Row row : rows) {
      Double x = row.getDouble("x");
      if (x == null) {
        assertThat(filled.apply(row).getDouble("x")).isEqualTo(median);
        continue;
      }
      assertThat(scaled.apply(row).getDouble("x"))
          .isCloseTo((x - median) / (high - low), within(EXACT));
      assertThat(clipped.apply(row).getDouble("x")).isEqualTo(Math.max(low, Math.min(high, x)));
      double fence = 0.1 * (high - low);
      assertThat(fenced.apply(row).getDouble("x"))
          .isCloseTo(Math.max(low - fence, Math.min(high + fence, x)), within(EXACT));
      assertThat(parted.apply(row).getInt64("x"))
          .isEqualTo(x < low ? 0 : x < median ? 1 : x < high ? 2 : 3);
    }
    assertThat(values(scaled, "x", x(null), x(Double.NaN))).containsExactly(null, Double.NaN);
    assertThat(values(clipped, "x", x(null), x(Double.NaN))).containsExactly(null, Double.NaN);
  }

  /** -n/2 ln(variance) + (p - 1) sum(sign(x) ln(|x| + 1)), all numbers at once. */
  private static double likelihood(double[] numbers, double power) {
    double[] bent = Arrays.stream(numbers).map(x -> PowerTransformer.bent(x, power)).toArray();
    double mean = Arrays.stream(bent).average().orElseThrow();
    double variance = Arrays.stream(bent).map(y -> (y - mean) * (y - mean)).average().orElseThrow();
    return -0.5 * numbers.length * Math.log(variance)
        + (power - 1)
            * Arrays.stream(numbers).map(x -> Math.signum(x) * Math.log1p(Math.abs(x))).sum();
  }

  @Test
  void a_power_is_the_likeliest_and_bends_as_its_formula() {
    Random random = new Random(7);
    double[] numbers =
        random.doubles(400).map(u -> Math.exp(3 * u) - 4 + random.nextGaussian()).toArray();
    List<Row> rows = Arrays.stream(numbers).mapToObj(Shoppers::x).toList();
    FittedPipeline fitted = with(PowerTransformer.of("x")).fit(rows);
    double power = fitted.learned().getDouble("s0_x_power");
    double best = likelihood(numbers, power);
    assertThat(best).isGreaterThan(likelihood(numbers, 1) + 10);
    for (double other = -4; other <= 4; other += 0.001) {
      assertThat(likelihood(numbers, other)).isLessThan(best + 1e-4);
    }
    for (double number : numbers) {
      double expected =
          number >= 0
              ? (Math.pow(number + 1, power) - 1) / power
              : -(Math.pow(1 - number, 2 - power) - 1) / (2 - power);
      assertThat(fitted.apply(x(number)).getDouble("x")).isCloseTo(expected, within(EXACT));
    }
    assertThat(
            values(
                with(PowerTransformer.of("x")).fit(List.of(x(5.0), x(5.0))),
                "x",
                x(5.0),
                x(null),
                x(Double.NaN)))
        .containsExactly(5.0, null, Double.NaN);
  }

  @Test
  void bins_are_as_wide_or_as_full_and_never_empty_for_ties() {
    List<Row> ties = List.of(x(0.0), x(0.0), x(0.0), x(3.0), x(9.0), x(null));
    assertThat(
            values(
                with(KBinsDiscretizer.quantile("x", 5)).fit(ties),
                "x",
                x(-1.0),
                x(0.0),
                x(3.0),
                x(5.0),
                x(99.0),
                x(Double.NaN),
                x(null)))
        .containsExactly(0L, 0L, 1L, 1L, 1L, 1L, null);
    assertThat(
            values(
                with(KBinsDiscretizer.uniform("x", 3)).fit(ties),
                "x",
                x(-1.0),
                x(2.9),
                x(3.0),
                x(6.0),
                x(99.0)))
        .containsExactly(0L, 0L, 1L, 2L, 2L);
    assertThat(
            values(
                with(KBinsDiscretizer.uniform("x", 3)).fit(List.of(x(4.0))), "x", x(4.0), x(5.0)))
        .containsExactly(0L, 0L);
    FittedPipeline empty =
        with(KBinsDiscretizer.quantile("x", 3))
            .with(RobustScaler.of("y"))
            .with(TargetEncoder.of("shop", "bought", "customer"))
            .fit(List.of(x(null)));
    assertThat(empty.apply(row(1, "a", 2.0, 3, true)).getValues())
        .containsExactly(1L, null, null, null, true);
  }

  /** scikit-learn's mean of two interpolations, from below and from above. */
  @Test
  void shares_are_interpolated_between_quantiles() {
    List<Row> rows = rows(150);
    double[] sorted =
        rows.stream()
            .map(row -> row.getDouble("x"))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int quantiles = 21;
    double[] known = new double[quantiles];
    for (int i = 0; i < quantiles; i++) {
      int rank = (int) Math.ceil(i / 20.0 * sorted.length);
      known[i] = sorted[Math.max(0, rank - 1)];
    }
    FittedPipeline uniform = with(QuantileTransformer.uniform("x", quantiles)).fit(rows);
    FittedPipeline normal = with(QuantileTransformer.normal("x", quantiles)).fit(rows);
    for (double x = -25; x < 45; x += 0.25) {
      double expected = (share(known, x) + 1 - share(mirrored(known), -x)) / 2;
      expected = x <= known[0] ? 0 : x >= known[20] ? 1 : expected;
      assertThat((double) values(uniform, "x", x(x)).get(0)).isCloseTo(expected, within(EXACT));
    }
    // The quartiles of the normal distribution, and what scikit-learn has at its ends.
    FittedPipeline even =
        with(QuantileTransformer.normal("x", 5))
            .fit(IntStream.rangeClosed(0, 4).mapToObj(i -> x((double) i)).toList());
    Row[] asked = {x(-9.0), x(1.0), x(2.0), x(3.0), x(9.0)};
    double[] expected = {
      -5.199337582605575, -0.6744897501960817, 0, 0.6744897501960817, 5.19933758270342
    };
    for (int i = 0; i < asked.length; i++) {
      assertThat((double) values(even, "x", asked).get(i)).isCloseTo(expected[i], within(EXACT));
    }
    assertThat(values(normal, "x", x(null), x(Double.NaN))).containsExactly(null, Double.NaN);
    FittedPipeline constant = with(QuantileTransformer.uniform("x", 5)).fit(List.of(x(3.0)));
    assertThat(values(constant, "x", x(3.0), x(3.1))).containsExactly(0.0, 1.0);
    assertThat(values(with(QuantileTransformer.uniform("x", 5)).fit(List.of()), "x", x(3.0)))
        .containsOnlyNulls();
  }

  private static double[] mirrored(double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> -values[values.length - 1 - i])
        .toArray();
  }

  /** numpy's interp over values that do not fall: of equal ones the last counts. */
  private static double share(double[] values, double x) {
    int below = -1;
    for (int i = 0; i < values.length; i++) {
      below = values[i] <= x ? i : below;
    }
    if (below < 0) {
      return 0;
    } else if (below == values.length - 1) {
      return 1;
    }
    return (below + (x - values[below]) / (values[below + 1] - values[below]))
        / (values.length - 1);
  }
}
