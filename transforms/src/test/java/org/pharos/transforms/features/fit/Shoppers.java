package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.cassandra.Pipelines;

/** Rows that steps are tried on, and how their results are told. */
final class Shoppers {
  static final double EXACT = 1e-9;

  static final Schema ROWS =
      Schema.builder()
          .addInt64Field("customer")
          .addNullableField("shop", FieldType.STRING)
          .addNullableField("x", FieldType.DOUBLE)
          .addNullableField("y", FieldType.INT32)
          .addNullableField("bought", FieldType.BOOLEAN)
          .build();

  static Row row(
      long customer,
      @Nullable String shop,
      @Nullable Double x,
      @Nullable Integer y,
      @Nullable Boolean bought) {
    return Row.withSchema(ROWS).addValues(customer, shop, x, y, bought).build();
  }

  static Row x(@Nullable Double x) {
    return row(0, null, x, null, null);
  }

  static List<Row> rows(int count) {
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

  static FeaturePipeline with(FeatureStep step) {
    return FeaturePipeline.of(ROWS).with(step);
  }

  static List<@Nullable Object> values(FittedPipeline fitted, String column, Row... rows) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Row row : rows) {
      values.add(fitted.apply(row).getValue(column));
    }
    return values;
  }

  static void assertRefused(ThrowingCallable what, String message) {
    assertThatThrownBy(what)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  /** A pipeline, on the runner of the tests, learns and applies what a plain call does. */
  static void assertSameInPipeline(FeaturePipeline model, List<Row> rows) {
    FittedPipeline fitted = model.fit(rows);
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> read = pipeline.apply(Create.of(rows).withRowSchema(model.rows()));
    PCollection<Row> learned = read.apply("Fit", model.fit());
    PAssert.that(learned).containsInAnyOrder(fitted.learned());
    PAssert.that(read.apply("Apply", model.apply(learned.apply(View.asSingleton()))))
        .containsInAnyOrder(rows.stream().map(fitted::apply).toList());
    pipeline.run().waitUntilFinish();
  }

  private Shoppers() {}
}
