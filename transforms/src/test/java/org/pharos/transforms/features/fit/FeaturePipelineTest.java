package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.cassandra.Pipelines;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Min;

/** Steps against their formulas, written out. */
class FeaturePipelineTest implements Serializable {
  private static final double EXACT = 1e-9;

  private static final Schema ROWS =
      Schema.builder()
          .addNullableField("spend", FieldType.DOUBLE)
          .addNullableField("visits", FieldType.INT32)
          .addNullableField("category", FieldType.STRING)
          .build();

  private static List<Row> rows(int count) {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Double spend = random.nextGaussian() * 1e6 + 3e8;
      Integer visits = random.nextInt(50) - 10;
      rows.add(
          row(
              random.nextInt(9) == 0 ? missing(random) : spend,
              random.nextInt(9) == 0 ? null : visits,
              random.nextInt(9) == 0 ? null : "c" + random.nextInt(6)));
    }
    return rows;
  }

  private static @Nullable Double missing(Random random) {
    return random.nextBoolean() ? null : (Double) Double.NaN;
  }

  private static Row row(
      @Nullable Double spend, @Nullable Integer visits, @Nullable String category) {
    return Row.withSchema(ROWS).addValues(spend, visits, category).build();
  }

  private static double[] spends(List<Row> rows) {
    return rows.stream()
        .map(row -> row.getDouble("spend"))
        .filter(spend -> spend != null && !spend.isNaN())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElseThrow());
  }

  /** The column after a step, against a function of the value before it. */
  private static void check(FeatureStep step, List<Row> rows, Function<Double, Double> formula) {
    FittedPipeline fitted = FeaturePipeline.of(ROWS).with(step).fit(rows);
    for (Row row : rows) {
      Number before = row.getValue(step.columns().get(0));
      Double after = fitted.apply(row).getDouble(step.columns().get(0));
      if (before == null) {
        assertThat(after).isNull();
      } else if (Double.isNaN(before.doubleValue())) {
        assertThat(after).isNaN();
      } else {
        assertThat(after).isCloseTo(formula.apply(before.doubleValue()), within(EXACT));
      }
    }
  }

  @Test
  void scalers_follow_their_formulas() {
    List<Row> rows = rows(500);
    double[] spends = spends(rows);
    double mean = mean(spends);
    double deviation = deviation(spends);
    double min = Arrays.stream(spends).min().orElseThrow();
    double max = Arrays.stream(spends).max().orElseThrow();
    check(StandardScaler.of("spend"), rows, x -> (x - mean) / deviation);
    check(MinMaxScaler.of("spend"), rows, x -> (x - min) / (max - min));
    check(MaxAbsScaler.of("spend"), rows, x -> x / Math.max(Math.abs(min), Math.abs(max)));
    check(MinMaxScaler.of("visits"), rows, x -> (x + 10) / 49);
  }

  /** A map's order may differ from JVM to JVM, as that of {@code Map.of} does, and hashes do. */
  @Test
  void what_was_learned_is_known_in_another_process() {
    FeaturePipeline one = FeaturePipeline.of(ROWS).with(new InOrder(List.of("less", "more")));
    FeaturePipeline other = FeaturePipeline.of(ROWS).with(new InOrder(List.of("more", "less")));
    Row learned = one.fit(rows(20)).learned();
    assertThat(other.learnedSchema().getFieldNames())
        .isEqualTo(one.learnedSchema().getFieldNames())
        .containsExactly("s0_spend_less", "s0_spend_more");
    assertThat(other.fit(rows(20)).learned()).isEqualTo(learned);
    assertThat(one.fitted(elsewhere(learned)).apply(row(1.0, 1, "a")))
        .isEqualTo(one.fitted(learned).apply(row(1.0, 1, "a")));
  }

  /** The same row with a schema that Beam finds unequal, as one of another JVM is. */
  private static Row elsewhere(Row row) {
    try {
      Schema schema = Schema.builder().addFields(row.getSchema().getFields()).build();
      java.lang.reflect.Field hash = Schema.class.getDeclaredField("hashCode");
      hash.setAccessible(true);
      hash.setInt(schema, ~schema.hashCode());
      assertThat(schema).isNotEqualTo(row.getSchema());
      return Row.withSchema(schema).attachValues(row.getValues());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private record InOrder(List<String> names) implements FeatureStep {
    @Override
    public List<String> columns() {
      return List.of("spend");
    }

    @Override
    public Map<String, Aggregation> learns() {
      Map<String, Aggregation> learns = new LinkedHashMap<>();
      for (String name : names) {
        learns.put(name, name.equals("less") ? Min.of("spend") : Max.of("spend"));
      }
      return learns;
    }

    @Override
    public List<Field> writes(Schema columns) {
      return columns.getFields();
    }

    @Override
    public Applied fitted(Map<String, @Nullable Object> learned) {
      return values -> Collections.singletonList(learned.get("less"));
    }
  }

  /** As a plain call does: all is null where the fit saw no value. */
  @Test
  void of_no_rows_nothing_is_learned() {
    FeaturePipeline model =
        FeaturePipeline.of(ROWS)
            .with(SimpleImputer.mean("spend"))
            .with(StandardScaler.of("spend"))
            .with(OneHotEncoder.of("category", 2));
    assertThat(model.passes()).hasSize(2);
    FittedPipeline fitted = model.fit(List.of());
    Row asked = row(2.0, 1, "a");
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> learned =
        pipeline
            .apply("None", Create.empty(RowCoder.of(ROWS)))
            .setRowSchema(ROWS)
            .apply(model.fit());
    PAssert.that(learned).containsInAnyOrder(fitted.learned());
    PAssert.that(
            pipeline
                .apply(Create.of(asked).withRowSchema(ROWS))
                .apply(model.apply(learned.apply(View.asSingleton()))))
        .containsInAnyOrder(fitted.apply(asked));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void constant_and_empty_columns_do_not_divide_by_zero() {
    List<Row> constant = List.of(row(0.1, 0, null), row(0.1, 0, null), row(0.1, 0, null));
    check(StandardScaler.of("spend"), constant, x -> 0.0);
    check(MinMaxScaler.of("spend"), constant, x -> 0.0);
    check(MaxAbsScaler.of("visits"), constant, x -> 0.0);
    FittedPipeline fitted =
        FeaturePipeline.of(ROWS)
            .with(StandardScaler.of("spend"))
            .with(SimpleImputer.mean("visits").withIndicator())
            .with(OrdinalEncoder.of("category", 5))
            .fit(List.of(row(null, null, null)));
    assertThat(fitted.apply(row(5.0, null, "x")).getValues())
        .containsExactly(null, null, -1L, true);
  }

  @Test
  void a_step_learns_from_what_another_wrote() {
    List<Row> rows = rows(400);
    double mean = mean(spends(rows));
    double[] filled =
        rows.stream()
            .map(row -> row.getDouble("spend"))
            .mapToDouble(spend -> spend == null || spend.isNaN() ? mean : spend)
            .toArray();
    FeaturePipeline model =
        FeaturePipeline.of(ROWS)
            .with(SimpleImputer.mean("spend").withIndicator())
            .with(StandardScaler.of("spend"));
    assertThat(model.passes()).containsExactly(0, 1);
    FittedPipeline fitted = model.fit(rows);
    for (int i = 0; i < rows.size(); i++) {
      Row row = fitted.apply(rows.get(i));
      assertThat(row.getDouble("spend"))
          .isCloseTo((filled[i] - mean(filled)) / deviation(filled), within(EXACT));
      Double before = rows.get(i).getDouble("spend");
      assertThat(row.getBoolean("spend_missing")).isEqualTo(before == null || before.isNaN());
    }
    FeaturePipeline late =
        FeaturePipeline.of(ROWS)
            .with(Bucketizer.of("visits", 0))
            .with(OneHotEncoder.of("visits", 2));
    assertThat(late.passes()).containsExactly(1);
    assertThat(late.fit(rows).apply(row(null, -3, null)).getArray("visits"))
        .containsExactly(1.0, 0.0);
  }

  @Test
  void categories_are_numbered_in_their_order_and_what_is_unknown_is_told() {
    List<Row> rows =
        new ArrayList<>(List.of(row(null, 7, "b"), row(null, 7, "a"), row(null, 7, "b")));
    rows.add(row(null, 3, null));
    FittedPipeline ordinal =
        FeaturePipeline.of(ROWS).with(OrdinalEncoder.of("category", 10)).fit(rows);
    assertThat(encoded(ordinal, "a", "b", "z", null)).containsExactly(0L, 1L, -1L, null);
    FittedPipeline rare = FeaturePipeline.of(ROWS).with(OrdinalEncoder.of("category", 1)).fit(rows);
    assertThat(encoded(rare, "a", "b")).containsExactly(-1L, 0L);
    FittedPipeline hot = FeaturePipeline.of(ROWS).with(OneHotEncoder.of("category", 3)).fit(rows);
    assertThat(encoded(hot, "a", "b", "z", null))
        .containsExactly(
            List.of(1.0, 0.0, 0.0),
            List.of(0.0, 1.0, 0.0),
            List.of(0.0, 0.0, 0.0),
            List.of(0.0, 0.0, 0.0));
    FittedPipeline most =
        FeaturePipeline.of(ROWS)
            .with(SimpleImputer.mostFrequent("category"))
            .with(SimpleImputer.constant("visits", -1))
            .fit(rows);
    assertThat(most.apply(row(null, null, null)).getValues()).containsExactly(null, -1, "b");
  }

  private static List<@Nullable Object> encoded(FittedPipeline fitted, @Nullable String... values) {
    List<@Nullable Object> encoded = new ArrayList<>();
    for (String value : values) {
      encoded.add(fitted.apply(row(null, null, value)).getValue("category"));
    }
    return encoded;
  }

  @Test
  void buckets_and_circles_are_those_that_are_given() {
    FittedPipeline fitted =
        FeaturePipeline.of(ROWS)
            .with(Bucketizer.of("spend", -1, 0, 2.5))
            .with(CyclicEncoder.of("visits", 24))
            .fit(List.of());
    assertThat(
            Arrays.asList(-2.0, -1.0, 0.0, 2.5, 9.0, Double.NaN, null).stream()
                .map(x -> fitted.apply(row(x, 6, null)).getInt64("spend"))
                .toList())
        .containsExactly(0L, 1L, 2L, 3L, 3L, 3L, null);
    Row six = fitted.apply(row(null, 6, null));
    assertThat(six.getDouble("visits_sin")).isCloseTo(1, within(EXACT));
    assertThat(six.getDouble("visits_cos")).isCloseTo(0, within(EXACT));
    assertThat(fitted.apply(row(null, null, null)).getDouble("visits_sin")).isNull();
  }

  private static FeaturePipeline whole() {
    return FeaturePipeline.of(ROWS)
        .with(SimpleImputer.mean("spend").withIndicator())
        .with(StandardScaler.of("spend"))
        .with(MinMaxScaler.of("visits"))
        .with(SimpleImputer.mostFrequent("category"))
        .with(OneHotEncoder.of("category", 8));
  }

  @Test
  void a_fit_in_a_pipeline_is_the_fit_of_the_rows_in_any_order() {
    List<Row> rows = rows(300);
    FittedPipeline fitted = whole().fit(rows);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(whole().fit(shuffled).learned()).isEqualTo(fitted.learned());
    assertThat(new TreeSet<>(fitted.learned().getSchema().getFieldNames()))
        .containsExactly(
            "s0_spend_fill",
            "s1_spend_deviation",
            "s1_spend_mean",
            "s2_visits_max",
            "s2_visits_min",
            "s3_category_fill",
            "s4_category_categories");

    Pipeline pipeline = Pipelines.create();
    PCollection<Row> read = pipeline.apply(Create.of(shuffled).withRowSchema(ROWS));
    PCollection<Row> learned = read.apply("Fit", whole().fit());
    PAssert.that(learned).containsInAnyOrder(fitted.learned());
    PAssert.that(read.apply("Apply", whole().apply(learned.apply(View.asSingleton()))))
        .containsInAnyOrder(rows.stream().map(fitted::apply).toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void what_does_not_fit_is_refused_by_name() {
    FeaturePipeline empty = FeaturePipeline.of(ROWS);
    assertRefused(
        () -> empty.with(StandardScaler.of("price")),
        "StandardScaler of price: there is no column price, only [spend, visits, category]");
    assertRefused(
        () -> empty.with(StandardScaler.of("category")),
        "StandardScaler of category needs numbers, but the column is STRING");
    assertRefused(
        () -> empty.with(OneHotEncoder.of("spend", 3)),
        "OneHotEncoder of spend needs texts, truths or whole numbers, but the column is DOUBLE");
    assertRefused(
        () -> OneHotEncoder.of("category", 0),
        "OneHotEncoder of category has 1 to 100000 categories, not 0");
    assertRefused(
        () -> Bucketizer.of("spend", 1, 1),
        "Bucketizer of spend needs edges that rise, not [1.0, 1.0]");
    assertRefused(
        () -> CyclicEncoder.of("visits", 0),
        "CyclicEncoder of visits needs a positive period, not 0.0");
    assertRefused(
        () -> empty.with(SimpleImputer.constant("visits", "none")),
        "SimpleImputer of visits: the value must be INT32, but is none");
    assertRefused(
        () -> empty.with(CyclicEncoder.of("visits", 24)).with(CyclicEncoder.of("visits", 7)),
        "CyclicEncoder of visits: there is a column visits_sin already");
    assertRefused(
        () -> empty.with(StandardScaler.of("spend")).fit(List.of(row(1 / 0.0, 1, "a"))),
        "nothing can be learned of column spend, which has an infinite value");
    assertRefused(
        () -> empty.with(StandardScaler.of("spend")).fitted(row(1.0, 1, "a")),
        "what was learned must have the fields");
  }

  private static void assertRefused(ThrowingCallable what, String message) {
    assertThatThrownBy(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }
}
