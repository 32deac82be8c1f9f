package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.cassandra.Pipelines;

/** Discretizers, encoders and combinations of columns, against their formulas written out. */
class StepFormulasTest {
  private static final double EXACT = 1e-9;

  private static final Schema ROWS =
      Schema.builder()
          .addInt64Field("customer")
          .addNullableField("shop", FieldType.STRING)
          .addNullableField("x", FieldType.DOUBLE)
          .addNullableField("y", FieldType.INT32)
          .addNullableField("bought", FieldType.BOOLEAN)
          .build();

  private static Row row(
      long customer,
      @Nullable String shop,
      @Nullable Double x,
      @Nullable Integer y,
      @Nullable Boolean bought) {
    return Row.withSchema(ROWS).addValues(customer, shop, x, y, bought).build();
  }

  private static Row x(@Nullable Double x) {
    return row(0, null, x, null, null);
  }

  private static List<Row> rows(int count) {
    Random random = new Random(count);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          row(
              random.nextInt(count / 3 + 1),
              random.nextInt(8) == 0 ? null : "shop|" + random.nextInt(5),
              random.nextInt(8) == 0 ? null : (Double) (random.nextInt(40) * 1.5 - 20),
              random.nextInt(8) == 0 ? null : (Integer) random.nextInt(9),
              random.nextInt(8) == 0 ? null : (Boolean) random.nextBoolean()));
    }
    return rows;
  }

  private static FeaturePipeline with(FeatureStep step) {
    return FeaturePipeline.of(ROWS).with(step);
  }

  private static List<@Nullable Object> values(FittedPipeline fitted, String column, Row... rows) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Row row : rows) {
      values.add(fitted.apply(row).getValue(column));
    }
    return values;
  }

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
    List<Row> rows = Arrays.stream(numbers).mapToObj(StepFormulasTest::x).toList();
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

  @Test
  void counts_tell_how_often_a_category_came() {
    List<Row> rows =
        List.of(
            row(1, "a", null, 1, null),
            row(2, "b", null, 1, null),
            row(3, "a", null, 2, null),
            x(null));
    Row[] asked = {
      row(1, "a", null, null, null),
      row(1, "b", null, null, null),
      row(1, "z", null, null, null),
      x(1.0)
    };
    assertThat(values(with(CountEncoder.of("shop", 9)).fit(rows), "shop", asked))
        .containsExactly(2.0, 1.0, 0.0, null);
    assertThat(values(with(CountEncoder.of("shop", 1).asShare()).fit(rows), "shop", asked))
        .containsExactly(2.0 / 3, 0.0, 0.0, null);
  }

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

  @Test
  void columns_are_crossed_multiplied_and_normed() {
    FittedPipeline crossed = with(CategoryCross.of("shop", "y")).fit(List.of());
    assertThat(
            values(
                crossed, "shop_x_y", row(1, "a|b\\", null, 3, null), row(1, null, null, 3, null)))
        .containsExactly("a\\|b\\\\|3", null);
    Row row = row(1, null, 3.0, -4, null);
    assertThat(with(PolynomialFeatures.of(3, "x", "y")).schema().getFieldNames())
        .containsExactly(
            "customer",
            "shop",
            "x",
            "y",
            "bought",
            "x_x_x",
            "x_x_y",
            "y_x_y",
            "x_x_x_x_x",
            "x_x_x_x_y",
            "x_x_y_x_y",
            "y_x_y_x_y");
    Row products = with(PolynomialFeatures.of(3, "x", "y")).fit(List.of()).apply(row);
    assertThat(products.getValues().subList(5, 12))
        .containsExactly(9.0, -12.0, 16.0, 27.0, -36.0, 48.0, -64.0);
    assertThat(
            with(PolynomialFeatures.of(2, "x", "y").interactionsOnly())
                .fit(List.of())
                .apply(row(1, null, 3.0, null, null))
                .getValues()
                .subList(5, 6))
        .containsOnlyNulls();
    FittedPipeline ratio = with(Ratio.of("x_of_y", "x", "y")).fit(List.of());
    assertThat(
            values(ratio, "x_of_y", row, row(1, null, 3.0, 0, null), row(1, null, null, 2, null)))
        .containsExactly(-0.75, null, null);
    assertThat(normed(Normalizer.l1("x", "y"), row)).containsExactly(3 / 7.0, -4 / 7.0);
    assertThat(normed(Normalizer.l2("x", "y"), row)).containsExactly(0.6, -0.8);
    assertThat(normed(Normalizer.max("x", "y"), row)).containsExactly(0.75, -1.0);
    assertThat(normed(Normalizer.l2("x", "y"), row(1, null, 0.0, null, null)))
        .containsExactly(0.0, null);
    assertThat(values(with(Binarizer.of("x", 2)).fit(List.of()), "x", x(2.0), x(2.1), x(null)))
        .containsExactly(0.0, 1.0, null);
  }

  private static List<@Nullable Object> normed(Normalizer normalizer, Row row) {
    return with(normalizer).fit(List.of()).apply(row).getValues().subList(2, 4);
  }

  /** The example of scikit-learn's documentation of FeatureHasher, n_features 10. */
  @Test
  void hashes_and_signs_are_those_of_scikit_learn() {
    Schema animals =
        Schema.builder()
            .addNullableField("dog", FieldType.INT32)
            .addNullableField("cat", FieldType.DOUBLE)
            .addNullableField("elephant", FieldType.INT64)
            .addNullableField("run", FieldType.INT32)
            .addNullableField("tags", FieldType.array(FieldType.STRING))
            .build();
    FittedPipeline fitted =
        FeaturePipeline.of(animals)
            .with(FeatureHasher.of("f", 10, "dog", "cat", "elephant", "run", "tags"))
            .fit(List.of());
    Row first = fitted.apply(Row.withSchema(animals).addValues(1, 2.0, 4L, null, null).build());
    assertThat(first.getArray("f_indices")).containsExactly(2, 3, 9);
    assertThat(first.getArray("f_values")).containsExactly(-4.0, -1.0, 2.0);
    Row second = fitted.apply(Row.withSchema(animals).addValues(2, null, null, 5, null).build());
    assertThat(second.getArray("f_indices")).containsExactly(3, 4);
    assertThat(second.getArray("f_values")).containsExactly(-2.0, -5.0);
    // A list's texts count one by one, and what is left of a sum of 0 is nothing.
    Row tags =
        fitted.apply(
            Row.withSchema(animals)
                .addValues(null, Double.NaN, null, null, List.of("a", "a", "b"))
                .build());
    assertThat(tags.<Double>getArray("f_values").stream().mapToDouble(Math::abs).sum())
        .isEqualTo(3.0);
  }

  @Test
  void lists_are_encoded_by_their_elements() {
    Schema tagged =
        Schema.builder().addNullableField("tags", FieldType.array(FieldType.STRING)).build();
    List<Row> rows =
        Stream.of(List.of("b", "a", "b"), List.of("b"), List.<String>of(), List.of("c"))
            .map(tags -> Row.withSchema(tagged).addValue(tags).build())
            .toList();
    FittedPipeline fitted =
        FeaturePipeline.of(tagged).with(MultiLabelBinarizer.of("tags", 2)).fit(rows);
    // Of a and c, which are as frequent, the lesser is kept.
    assertThat(rows)
        .extracting(row -> fitted.apply(row).getArray("tags"))
        .containsExactly(
            List.of(1.0, 1.0), List.of(0.0, 1.0), List.of(0.0, 0.0), List.of(0.0, 0.0));
    assertThat(fitted.apply(Row.withSchema(tagged).addValue(null).build()).getArray("tags"))
        .containsExactly(0.0, 0.0);
    assertRefused(
        () -> with(MultiLabelBinarizer.of("shop", 2)),
        "MultiLabelBinarizer of shop needs lists or sets, but the column is STRING");
  }

  @Test
  void times_and_texts_are_told_in_numbers() {
    Schema schema =
        Schema.builder()
            .addNullableField("at", FieldType.DATETIME)
            .addNullableField("text", FieldType.STRING)
            .build();
    FittedPipeline fitted =
        FeaturePipeline.of(schema)
            .with(DateParts.of("at", java.time.ZoneId.of("Europe/Berlin"), DateParts.Part.values()))
            .with(TextStatistics.of("text"))
            .fit(List.of());
    // A Friday in UTC, a Saturday of the ISO week 53 of 2020 in Berlin.
    Row row =
        fitted.apply(
            Row.withSchema(schema)
                .addValues(Instant.parse("2021-01-01T23:30:00Z"), "Ab, 12 cdé!")
                .build());
    assertThat(row.getValues().subList(2, 12))
        .containsExactly(2021L, 1L, 1L, 53L, 2L, 2L, 6L, 1L, 0L, 30L);
    assertThat(row.getValues().subList(12, 18))
        .containsExactly(11L, 3L, 3.0, 1 / 11.0, 2 / 11.0, 2 / 11.0);
    assertThat(
            fitted
                .apply(Row.withSchema(schema).addValues(null, "").build())
                .getValues()
                .subList(2, 18))
        .containsExactlyElementsOf(
            Arrays.asList(
                null, null, null, null, null, null, null, null, null, null, 0L, 0L, 0.0, 0.0, 0.0,
                0.0));
  }

  @Test
  void what_is_learned_of_several_columns_is_the_same_in_a_pipeline() {
    FeaturePipeline model =
        with(KBinsDiscretizer.quantile("x", 4))
            .with(CategoryCross.of("shop", "y"))
            .with(CountEncoder.of("shop_x_y", 100).asShare())
            .with(TargetEncoder.of("shop", "bought", "customer"))
            .with(RobustScaler.of("y"));
    assertThat(model.passes()).hasSize(2);
    List<Row> rows = rows(120);
    FittedPipeline fitted = model.fit(rows);
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> read = pipeline.apply(Create.of(rows).withRowSchema(ROWS));
    PCollection<Row> learned = read.apply("Fit", model.fit());
    PAssert.that(learned).containsInAnyOrder(fitted.learned());
    PAssert.that(read.apply("Apply", model.apply(learned.apply(View.asSingleton()))))
        .containsInAnyOrder(rows.stream().map(fitted::apply).toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void what_does_not_fit_is_refused_by_name() {
    assertRefused(
        () -> KBinsDiscretizer.quantile("x", 1),
        "KBinsDiscretizer of x has 2 to 10000 bins, not 1");
    assertRefused(
        () -> Clipper.of("x", 2, 1), "Clipper of x needs a low limit that is not above 1.0: 2.0");
    assertRefused(
        () -> Clipper.quantiles("x", 0.5, 2),
        "Clipper of x needs ranks 0 <= low <= high <= 1, not 0.5, 2.0");
    assertRefused(
        () -> with(TargetEncoder.of("y", "shop", "customer")),
        "TargetEncoder of y by shop, the target of shop needs numbers, but the column is"
            + " STRING");
    assertRefused(
        () -> with(TargetEncoder.of("shop", "y", "shop")),
        "TargetEncoder of shop by y reads a column twice: [shop, y, shop]");
    assertRefused(
        () -> TargetEncoder.of("shop", "y", "customer").withFolds(1),
        "TargetEncoder of shop by y has 2 to 100 folds, not 1");
    assertRefused(
        () -> PolynomialFeatures.of(2, "x", "x"),
        "PolynomialFeatures needs one column or more, each once, not [x, x]");
    assertRefused(
        () -> with(PolynomialFeatures.of(2, "x").interactionsOnly()),
        "PolynomialFeatures of x give 1 to 10000 products, not 0");
    assertRefused(
        () -> CategoryCross.of("shop"), "CategoryCross needs two columns or more, not [shop]");
    assertRefused(
        () -> with(DateParts.of("x", java.time.ZoneId.of("UTC"), DateParts.Part.YEAR)),
        "DateParts of x need times or dates, but the column is DOUBLE");
    assertRefused(
        () -> with(FeatureHasher.of("f", 0, "x")), "FeatureHasher f has a length of 1 to 2^30");
    assertRefused(
        () -> with(TargetEncoder.of("shop", "x", "customer")).fit(List.of(x(1 / 0.0))),
        "nothing can be learned of column x, which has an infinite value");
  }

  private static void assertRefused(ThrowingCallable what, String message) {
    assertThatThrownBy(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
