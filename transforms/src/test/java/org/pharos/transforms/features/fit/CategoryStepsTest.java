package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.features.fit.Shoppers.assertRefused;
import static org.pharos.transforms.features.fit.Shoppers.row;
import static org.pharos.transforms.features.fit.Shoppers.rows;
import static org.pharos.transforms.features.fit.Shoppers.values;
import static org.pharos.transforms.features.fit.Shoppers.with;
import static org.pharos.transforms.features.fit.Shoppers.x;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

/** Steps over categories that learn no target. */
class CategoryStepsTest {
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
  void the_most_frequent_have_a_rank() {
    List<Row> rows =
        Stream.of("b", "a", "b", "c", "a", "d")
            .map(shop -> row(1, shop, null, null, null))
            .toList();
    FittedPipeline fitted = with(HeavyHitters.of("shop", 3)).fit(rows);
    Row[] asked = {
      row(1, "a", null, null, null),
      row(1, "b", null, null, null),
      row(1, "c", null, null, null),
      row(1, "d", null, null, null),
      row(1, null, null, null, null)
    };
    assertThat(values(fitted, "shop_rank", asked)).containsExactly(1L, 2L, 3L, 0L, null);
    assertThat(values(fitted, "shop_count", asked)).containsExactly(2L, 2L, 1L, 0L, null);
  }

  @Test
  void weights_of_names_are_a_sparse_vector() {
    Schema weighed =
        Schema.builder()
            .addNullableField("w", FieldType.map(FieldType.STRING, FieldType.DOUBLE))
            .build();
    List<Row> rows =
        Stream.of(Map.of("foo", 1.0, "bar", 2.0), Map.of("foo", 3.0, "baz", 1.0))
            .map(weights -> Row.withSchema(weighed).addValue(weights).build())
            .toList();
    // The example of scikit-learn's documentation of DictVectorizer: [[2, 0, 1], [0, 1, 3]].
    FittedPipeline fitted = FeaturePipeline.of(weighed).with(DictVectorizer.of("w", 9)).fit(rows);
    assertThat(fitted.apply(rows.get(0)).getArray("w_indices")).containsExactly(0, 2);
    assertThat(fitted.apply(rows.get(0)).getArray("w_values")).containsExactly(2.0, 1.0);
    assertThat(fitted.apply(rows.get(1)).getArray("w_indices")).containsExactly(1, 2);
    assertThat(fitted.apply(rows.get(1)).getArray("w_values")).containsExactly(1.0, 3.0);
    Row unseen = Row.withSchema(weighed).addValue(Map.of("foo", 0.0, "unseen", 3.0)).build();
    assertThat(fitted.apply(unseen).getArray("w_indices")).isEmpty();
    assertThat(fitted.apply(Row.withSchema(weighed).addValue(null).build()).getArray("w_values"))
        .isEmpty();
    assertRefused(
        () -> with(DictVectorizer.of("shop", 2)),
        "DictVectorizer of shop needs maps, but the column is STRING");
  }
}
