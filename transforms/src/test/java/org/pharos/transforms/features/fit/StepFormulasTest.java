package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pharos.transforms.features.fit.Shoppers.EXACT;
import static org.pharos.transforms.features.fit.Shoppers.assertRefused;
import static org.pharos.transforms.features.fit.Shoppers.assertSameInPipeline;
import static org.pharos.transforms.features.fit.Shoppers.row;
import static org.pharos.transforms.features.fit.Shoppers.rows;
import static org.pharos.transforms.features.fit.Shoppers.values;
import static org.pharos.transforms.features.fit.Shoppers.with;
import static org.pharos.transforms.features.fit.Shoppers.x;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that combine columns or take them apart, and what all steps have in common. */
class StepFormulasTest {
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

  @Test
  void times_and_texts_are_told_in_numbers() {
    Schema schema =
        Schema.builder()
            .addNullableField("at", FieldType.DATETIME)
            .addNullableField("text", FieldType.STRING)
            .build();
    FittedPipeline fitted =
        FeaturePipeline.of(schema)
            .with(DateParts.of("at", ZoneId.of("Europe/Berlin"), DateParts.Part.values()))
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
  void a_date_has_its_parts_in_every_zone() {
    Schema schema = Schema.of(Schema.Field.nullable("born", FieldType.logicalType(SqlTypes.DATE)));
    FittedPipeline fitted =
        FeaturePipeline.of(schema)
            .with(
                DateParts.of(
                    "born",
                    ZoneId.of("Pacific/Auckland"),
                    DateParts.Part.DAY_OF_MONTH,
                    DateParts.Part.HOUR))
            .fit(List.of());
    Row row = Row.withSchema(schema).addValue(LocalDate.of(2024, 2, 29)).build();
    assertThat(fitted.apply(row).getValues().subList(1, 3)).containsExactly(29L, 0L);
  }

  /** Places of geohash.org's own examples and of Wikipedia's article. */
  @Test
  void places_are_told_by_their_cells() {
    Schema places =
        Schema.builder()
            .addNullableField("north", FieldType.DOUBLE)
            .addNullableField("east", FieldType.DOUBLE)
            .build();
    FittedPipeline fitted =
        FeaturePipeline.of(places).with(Geohash.of("cell", "north", "east", 11)).fit(List.of());
    assertThat(cell(fitted, places, 57.64911, 10.40744)).isEqualTo("u4pruydqqvj");
    assertThat(cell(fitted, places, 42.6, -5.6)).startsWith("ezs42");
    assertThat(cell(fitted, places, -90.0, -180.0)).isEqualTo("00000000000");
    assertThat(cell(fitted, places, 90.0, 180.0)).isEqualTo("zzzzzzzzzzz");
    assertThat(cell(fitted, places, 90.1, 0.0)).isNull();
    assertThat(cell(fitted, places, Double.NaN, 0.0)).isNull();
    assertThat(cell(fitted, places, null, 0.0)).isNull();
  }

  private static @Nullable String cell(
      FittedPipeline fitted, Schema places, @Nullable Double north, @Nullable Double east) {
    return fitted.apply(Row.withSchema(places).addValues(north, east).build()).getString("cell");
  }

  /** Densities sum up to 1 around the circle; I0(2) is 2.2795853023360673. */
  @Test
  void what_goes_round_is_near_to_points() {
    FittedPipeline fitted = with(VonMises.of("x", 24, 2, 0, 6, 12, 23)).fit(List.of());
    double[] densities =
        fitted.apply(x(23.0)).<Double>getArray("x").stream().mapToDouble(each -> each).toArray();
    double all = 2 * Math.PI * 2.2795853023360673;
    assertThat(densities[0]).isCloseTo(Math.exp(2 * Math.cos(Math.PI / 12)) / all, within(EXACT));
    assertThat(densities[3]).isCloseTo(Math.exp(2) / all, within(EXACT));
    assertThat(densities[0]).isGreaterThan(densities[1]).isGreaterThan(densities[2]);
    assertThat(fitted.apply(x(-1.0)).<Double>getArray("x").stream().toList())
        .zipSatisfy(
            Arrays.stream(densities).boxed().toList(),
            (one, other) -> assertThat(one).isCloseTo(other, within(EXACT)));
    double[] round = IntStream.range(0, 1000).mapToDouble(i -> i / 1000.0).toArray();
    double sum =
        with(VonMises.of("x", 1, 300, round))
            .fit(List.of())
            .apply(x(0.3))
            .<Double>getArray("x")
            .stream()
            .mapToDouble(each -> each)
            .sum();
    assertThat(sum * 2 * Math.PI / 1000).isCloseTo(1, within(EXACT));
    assertThat(fitted.apply(x(null)).<Double>getArray("x").stream().toList()).containsOnly(0.0);
    assertRefused(() -> VonMises.of("x", 0, 1, 1), "VonMises of x needs a period above 0, not 0.0");
    assertRefused(
        () -> VonMises.of("x", 1, 501, 1),
        "VonMises of x needs a concentration of 0 to 500.0, not 501.0");
    assertRefused(
        () -> Geohash.of("cell", "x", "y", 13), "Geohash cell has 1 to 12 characters, not 13");
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
    assertSameInPipeline(model, rows(120));
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
        () -> with(DateParts.of("x", ZoneId.of("UTC"), DateParts.Part.YEAR)),
        "DateParts of x need times or dates, but the column is DOUBLE");
    assertRefused(
        () -> with(FeatureHasher.of("f", 0, "x")), "FeatureHasher f has a length of 1 to 2^30");
    assertRefused(
        () -> with(TargetEncoder.of("shop", "x", "customer")).fit(List.of(x(1 / 0.0))),
        "nothing can be learned of column x, which has an infinite value");
  }
}
