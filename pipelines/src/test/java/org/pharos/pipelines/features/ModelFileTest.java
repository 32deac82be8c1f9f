package org.pharos.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.pipelines.BadOption;
import org.pharos.transforms.features.fit.FeaturePipeline;

class ModelFileTest {
  private static final Schema ROWS =
      Schema.builder()
          .addInt32Field("customer")
          .addNullableField("at", FieldType.DATETIME)
          .addNullableField("x", FieldType.DOUBLE)
          .addNullableField("y", FieldType.INT32)
          .addNullableField("shop", FieldType.STRING)
          .addNullableField("again", FieldType.BOOLEAN)
          .addNullableField("comment", FieldType.STRING)
          .addNullableField("z", FieldType.DOUBLE)
          .addNullableField("weights", FieldType.map(FieldType.STRING, FieldType.DOUBLE))
          .addNullableField("labels", FieldType.array(FieldType.STRING))
          .addNullableField("tags", FieldType.array(FieldType.STRING))
          .build();

  @TempDir private Path folder;

  private FeaturePipeline read(String... steps) {
    return readText("model: m\nversion: 1\nsteps:\n  - " + String.join("\n  - ", steps) + "\n");
  }

  private FeaturePipeline readText(String text) {
    try {
      Path file = Files.writeString(folder.resolve("m.yaml"), text);
      return ModelFile.read(file.toString()).pipeline(ROWS, List.of("customer"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_step_can_be_written() {
    FeaturePipeline model =
        read(
            "simple_imputer(x, mean, indicator)",
            "simple_imputer(y, constant, -1)",
            "simple_imputer(shop, constant, none)",
            "category_cross(shop, y)",
            "weight_of_evidence(shop_x_y, again, customer)",
            "category_cross(shop, again)",
            "count_encoder(shop_x_again, 10, share)",
            "polynomial_features(2, x, y)",
            "ratio(x_of_y, x, y)",
            "power_transformer(x)",
            "robust_scaler(x)",
            "standard_scaler(x)",
            "min_max_scaler(x)",
            "max_abs_scaler(x)",
            "clipper(x, -1, 1)",
            "clipper(x, quantiles, 0.1, 0.9)",
            "clipper(x, fences, 1.5)",
            "normalizer(l2, x, x_x_x)",
            "k_bins_discretizer(x_x_y, quantile, 4)",
            "bucketizer(y_x_y, 1, 2, 3)",
            "binarizer(shop_x_y, 0.5)",
            "ordinal_encoder(y, 5)",
            "cyclic_encoder(y, 24)",
            "date_parts(at, Europe/Berlin, hour, day_of_week)",
            "text_statistics(shop)",
            "feature_hasher(hashed, 1024, shop, x, tags)",
            "multi_label_binarizer(labels, 8)",
            "heavy_hitters(y, 10)",
            "von_mises(z, 24, 2, 0, 6, 12, 18)",
            "geohash(cell, x, x_of_y, 5)",
            "dict_vectorizer(weights, 100)",
            "quantile_transformer(x, normal, 100)",
            "mdlp_discretizer(at_hour, again)",
            "select_k_best(best, anova_f, 1, again, x, y)",
            "select_k_best(regressed, regression_f, 1, y, x)",
            "select_k_best(counted, chi_squared, 1, again, shop_words)",
            "variance_threshold(varied, 0.1, x, y)",
            "tokens(comment)",
            "n_grams(comment, 1, 2)",
            "count_vectorizer(comment, 100)",
            "tfidf_vectorizer(tags, 100)",
            "target_encoder(shop, again, customer)");
    assertThat(model.toString())
        .startsWith("[SimpleImputer of x, SimpleImputer of y, SimpleImputer of shop, CategoryCross")
        .endsWith(
            "NGrams of comment, CountVectorizer of comment, TfidfVectorizer of tags, TargetEncoder"
                + " of shop by again]");
    assertThat(model.schema().getFieldNames())
        .contains("x_missing", "at_hour", "at_day_of_week", "shop_words", "hashed_indices");
  }

  @Test
  void what_is_wrong_is_told_with_its_line() {
    assertRefused(() -> read("standard_scaler(q)"), 4, "StandardScaler of q: there is no column q");
    assertRefused(
        () -> read("standard_scaler(x)", "standard_scaler(shop)"),
        5,
        "StandardScaler of shop needs numbers, but the column is STRING");
    assertRefused(() -> read("scale(x)"), 4, "scale(x) is no step: standard_scaler(COLUMN); ");
    assertRefused(() -> read("scale"), 4, "scale is no step: standard_scaler(COLUMN); ");
    assertRefused(
        () -> read("one_hot_encoder(shop, many)"), 4, "one_hot_encoder: many is no number");
    assertRefused(
        () -> read("one_hot_encoder(shop, 1.5)"), 4, "one_hot_encoder: 1.5 is no whole number");
    assertRefused(
        () -> read("simple_imputer(x, mean, flag)"), 4, "simple_imputer(x, mean, flag) is no step");
    assertRefused(
        () -> read("date_parts(at, Mars, hour)"),
        4,
        "date_parts: a zone is UTC or such as Europe/Berlin, not Mars");
    assertRefused(
        () -> read("date_parts(at, UTC, second)"), 4, "date_parts: a part is one of [year, ");
    assertRefused(
        () -> read("standard_scaler(customer)"),
        4,
        "StandardScaler of customer: column customer must stay, for rows are told apart by it");
    assertRefused(() -> read("binarizer(x, 1)"), 4, "no step learns anything");
    assertRefused(
        () -> readText("model: M\nversion: 1\nsteps: [standard_scaler(x)]\n"),
        1,
        "the name of a model has 1 to 32 small letters, digits and _, not M");
    assertRefused(
        () -> readText("model: m\nversion: 0\nsteps: [standard_scaler(x)]\n"),
        2,
        "a version is 1 or more, not 0");
    assertRefused(() -> readText("model: m\nversion: 1\n"), 1, "steps is missing");
    assertRefused(
        () -> readText("model: m\nversion: 1\nsteps: all\n"),
        3,
        "steps are a list of lines such as - standard_scaler(spend)");
  }

  private void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable what, int line, String why) {
    assertThatThrownBy(what)
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith(
            "--model=" + folder.resolve("m.yaml") + ", line " + line + ": " + why);
  }
}
