package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.zip.ZipFile;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.MavenArtifacts;
import org.pharos.transforms.cassandra.Pipelines;

/**
 * All customers of a real retailer: what is fitted is what the formulas, written out, give for the
 * whole table, and a pipeline on any runner learns and applies the very same as a plain call does.
 */
class RetailerFitTest {
  private static final double EXACT = 1e-9;

  private static final Schema ROWS =
      Schema.builder()
          .addInt32Field("customer_id")
          .addNullableField("city", FieldType.STRING)
          .addNullableField("mi", FieldType.STRING)
          .addNullableField("member_card", FieldType.STRING)
          .addNullableField("education", FieldType.STRING)
          .addNullableField("total_children", FieldType.INT32)
          .addNullableField("num_cars_owned", FieldType.INT32)
          .addNullableField("born", FieldType.DATETIME)
          .addNullableField("owns_house", FieldType.BOOLEAN)
          .build();

  private static List<Row> customers() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Row> rows = new ArrayList<>();
    try (ZipFile archive =
            new ZipFile(MavenArtifacts.file("net.hydromatic:foodmart-data-json:0.4").toFile());
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    archive.getInputStream(archive.getEntry("customer.json")),
                    StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode customer = json.readTree(line);
        rows.add(
            Row.withSchema(ROWS)
                .addValues(
                    customer.get("customer_id").intValue(),
                    customer.get("city").textValue(),
                    customer.get("mi").textValue(),
                    customer.get("member_card").textValue(),
                    customer.get("education").textValue(),
                    customer.get("total_children").intValue(),
                    customer.get("num_cars_owned").intValue(),
                    Instant.parse(customer.get("birthdate").textValue()),
                    customer.get("houseowner").textValue().equals("Y"))
                .build());
      }
    }
    return rows;
  }

  private static FeaturePipeline model() {
    return FeaturePipeline.of(ROWS)
        .with(SimpleImputer.mostFrequent("mi").withIndicator())
        .with(CountEncoder.of("city", 1000).asShare())
        .with(TargetEncoder.of("member_card", "owns_house", "customer_id"))
        .with(OneHotEncoder.of("education", 10))
        .with(PolynomialFeatures.of(2, "total_children", "num_cars_owned").interactionsOnly())
        .with(StandardScaler.of("total_children_x_num_cars_owned"))
        .with(StandardScaler.of("total_children"))
        .with(MinMaxScaler.of("num_cars_owned"))
        .with(DateParts.of("born", ZoneId.of("UTC"), DateParts.Part.MONTH))
        .with(CyclicEncoder.of("born_month", 12));
  }

  private static double mean(List<Row> rows, ToDoubleFunction<Row> value) {
    return rows.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double scaled(List<Row> rows, Row row, ToDoubleFunction<Row> value) {
    double mean = mean(rows, value);
    double variance = mean(rows, each -> Math.pow(value.applyAsDouble(each) - mean, 2));
    return (value.applyAsDouble(row) - mean) / Math.sqrt(variance);
  }

  private static double share(List<Row> rows, Predicate<Row> which) {
    return (double) rows.stream().filter(which).count() / rows.size();
  }

  private static double target(List<Row> rows, Row row) {
    int fold = FoldedTargets.fold(row.getValue("customer_id"), 5);
    List<Row> others =
        rows.stream()
            .filter(each -> FoldedTargets.fold(each.getValue("customer_id"), 5) != fold)
            .toList();
    List<Row> same =
        others.stream()
            .filter(each -> each.getString("member_card").equals(row.getString("member_card")))
            .toList();
    double mean = share(others, each -> each.getBoolean("owns_house"));
    return (same.size() * share(same, each -> each.getBoolean("owns_house")) + 10 * mean)
        / (same.size() + 10);
  }

  @Test
  void formulas_hold_on_a_whole_table() throws IOException {
    List<Row> rows = customers();
    assertThat(rows).hasSize(10_281);
    FittedPipeline fitted = model().fit(rows);
    List<String> educations =
        rows.stream().map(row -> row.getString("education")).distinct().sorted().toList();
    // Every hundredth customer: each is held against a pass over all.
    for (int i = 0; i < rows.size(); i += 100) {
      Row row = rows.get(i);
      Row applied = fitted.apply(row);
      assertThat(applied.getDouble("city"))
          .isCloseTo(
              share(rows, each -> each.getString("city").equals(row.getString("city"))),
              within(EXACT));
      assertThat(applied.getDouble("member_card")).isCloseTo(target(rows, row), within(EXACT));
      assertThat(applied.getArray("education"))
          .hasSize(10)
          .element(educations.indexOf(row.getString("education")))
          .isEqualTo(1.0);
      assertThat(applied.getDouble("total_children"))
          .isCloseTo(scaled(rows, row, each -> each.getInt32("total_children")), within(EXACT));
      assertThat(applied.getDouble("total_children_x_num_cars_owned"))
          .isCloseTo(
              scaled(
                  rows,
                  row,
                  each -> each.getInt32("total_children") * each.getInt32("num_cars_owned")),
              within(EXACT));
      assertThat(applied.getDouble("num_cars_owned"))
          .isCloseTo(row.getInt32("num_cars_owned") / 4.0, within(EXACT));
      int month =
          LocalDate.ofEpochDay(row.getDateTime("born").getMillis() / 86_400_000).getMonthValue();
      assertThat(applied.getDouble("born_month_sin"))
          .isCloseTo(Math.sin(Math.PI * month / 6), within(EXACT));
      assertThat(applied.getBoolean("mi_missing")).isEqualTo(row.getString("mi") == null);
    }
  }

  @Test
  void a_pipeline_learns_and_applies_what_a_plain_call_does() throws IOException {
    List<Row> rows = customers().subList(0, 200); // Direct takes its time
    FittedPipeline fitted = model().fit(rows);
    Pipeline pipeline = Pipelines.create();
    PCollection<Row> read = pipeline.apply(Create.of(rows).withRowSchema(ROWS));
    PCollection<Row> learned = read.apply("Fit", model().fit());
    PAssert.that(learned).containsInAnyOrder(fitted.learned());
    // Rows are compared by their sum, and not each with each.
    PCollection<Long> sum =
        read.apply("Apply", model().apply(learned.apply(View.asSingleton())))
            .apply(
                "Digest",
                MapElements.into(TypeDescriptors.longs()).via(row -> (long) row.hashCode()))
            .apply("Add up", Sum.longsGlobally());
    PAssert.thatSingleton(sum)
        .isEqualTo(rows.stream().mapToLong(row -> fitted.apply(row).hashCode()).sum());
    pipeline.run().waitUntilFinish();
  }
}
