package org.pharos.transforms.features.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.pharos.transforms.features.fit.Shoppers.assertRefused;
import static org.pharos.transforms.features.fit.Shoppers.assertSameInPipeline;
import static org.pharos.transforms.features.fit.Shoppers.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.text.Token;
import org.pharos.transforms.text.UnicodeWords;

/**
 * Steps over texts, by the examples of scikit-learn's user guide (6.2.3, Text feature extraction).
 */
class TextStepsTest {
  private static final Schema TEXTS =
      Schema.builder().addNullableField("text", FieldType.STRING).build();
  private static final Schema LISTS =
      Schema.builder()
          .addNullableField("text", FieldType.array(FieldType.STRING.withNullable(true)))
          .build();

  private static final List<Row> CORPUS =
      List.of(
          text("This is the first document."),
          text("This is the second second document."),
          text("And the third one."),
          text("Is this the first document?"));

  private static Row text(@Nullable String text) {
    return Row.withSchema(TEXTS).addValue(text).build();
  }

  private static List<String> words(String text) {
    return UnicodeWords.inLowerCase().tokenize(text).stream().map(Token::term).toList();
  }

  private static FeaturePipeline tokens() {
    return FeaturePipeline.of(TEXTS).with(Tokens.of("text", TextStepsTest::words));
  }

  /** The whole vector, of so many places. */
  private static List<Double> dense(FittedPipeline fitted, Row row, int places) {
    Row applied = fitted.apply(row);
    List<Double> dense = new ArrayList<>(Collections.nCopies(places, 0.0));
    List<Integer> indices = new ArrayList<>(applied.<Integer>getArray("text_indices"));
    List<Double> values = new ArrayList<>(applied.<Double>getArray("text_values"));
    assertThat(indices).isSorted().hasSameSizeAs(values);
    for (int i = 0; i < indices.size(); i++) {
      dense.set(indices.get(i), values.get(i));
    }
    return dense;
  }

  @Test
  void words_are_counted() {
    FittedPipeline fitted = tokens().with(CountVectorizer.of("text", 100)).fit(CORPUS);
    assertThat(CORPUS)
        .extracting(row -> dense(fitted, row, 9))
        .containsExactly(
            List.of(0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0),
            List.of(0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 1.0, 0.0, 1.0),
            List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0),
            List.of(0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0));
    assertThat(dense(fitted, text("Something completely new."), 9)).containsOnly(0.0);
    assertThat(dense(fitted, text(null), 9)).containsOnly(0.0);
    // "the" is there 4 times, "document", "is" and "this" 3 times: the least of these comes next.
    FittedPipeline two = tokens().with(CountVectorizer.of("text", 2)).fit(CORPUS);
    assertThat(dense(two, CORPUS.get(0), 2)).containsExactly(1.0, 1.0);
    assertThat(dense(two, CORPUS.get(2), 2)).containsExactly(0.0, 1.0);
  }

  @Test
  void tokens_that_follow_each_other_are_one() {
    FittedPipeline fitted = tokens().with(NGrams.of("text", 1, 2)).fit(CORPUS);
    assertThat(fitted.apply(text("Bi-grams are cool!")).getArray("text"))
        .containsExactly("bi", "grams", "are", "cool", "bi grams", "grams are", "are cool");
    assertThat(fitted.apply(text("one")).getArray("text")).containsExactly("one");
    assertThat(fitted.apply(text("")).getArray("text")).isEmpty();
    assertThat(fitted.apply(text(null)).getValues()).containsOnlyNulls();
    FittedPipeline lists = FeaturePipeline.of(LISTS).with(NGrams.of("text", 3, 3)).fit(List.of());
    Row three = Row.withSchema(LISTS).addValue(Arrays.asList("a", null, "b", "c", "d")).build();
    assertThat(lists.apply(three).getArray("text")).containsExactly("a b c", "b c d");
  }

  @Test
  void terms_are_weighed() {
    int[][] counts = {{3, 0, 1}, {2, 0, 0}, {3, 0, 0}, {4, 0, 0}, {3, 2, 0}, {3, 0, 2}};
    double[][] weights = {
      {0.85151335, 0, 0.52433293},
      {1, 0, 0},
      {1, 0, 0},
      {1, 0, 0},
      {0.55422893, 0.83236428, 0},
      {0.63035731, 0, 0.77630514}
    };
    List<Row> rows = new ArrayList<>();
    for (int[] each : counts) {
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < each.length; i++) {
        terms.addAll(Collections.nCopies(each[i], "t" + i));
      }
      rows.add(Row.withSchema(LISTS).addValue(terms).build());
    }
    FeaturePipeline model = FeaturePipeline.of(LISTS).with(TfidfVectorizer.of("text", 3));
    Row nothing = Row.withSchema(LISTS).addValue(null).build();
    List<Row> more = new ArrayList<>(rows);
    more.add(nothing); // is no list
    FittedPipeline fitted = model.fit(more);
    for (int i = 0; i < counts.length; i++) {
      List<Double> weighed = dense(fitted, rows.get(i), 3);
      for (int j = 0; j < 3; j++) {
        assertThat(weighed.get(j)).isCloseTo(weights[i][j], offset(5e-9));
      }
    }
    assertThat(dense(fitted, nothing, 3)).containsOnly(0.0);
    assertThat(fitted.learned().<Long>getValue("s0_text_lists")).isEqualTo(6);
    assertThat(fitted.learned().<String, Long>getMap("s0_text_with_term"))
        .isEqualTo(Map.of("t0", 6L, "t1", 1L, "t2", 2L));
    assertThat(
            dense(
                FeaturePipeline.of(LISTS).with(TfidfVectorizer.of("text", 1)).fit(List.of()),
                rows.get(0),
                1))
        .containsExactly(0.0);
  }

  @Test
  void a_pipeline_learns_the_same_of_texts() {
    FeaturePipeline model =
        tokens().with(NGrams.of("text", 1, 2)).with(TfidfVectorizer.of("text", 20));
    assertSameInPipeline(model, CORPUS);
  }

  @Test
  void what_does_not_fit_is_refused_by_name() {
    assertRefused(
        () -> with(Tokens.of("x", TextStepsTest::words)),
        "Tokens of x need texts, but the column is DOUBLE");
    assertRefused(
        () -> with(CountVectorizer.of("shop", 9)),
        "CountVectorizer of shop needs lists of texts, but the column is STRING");
    assertRefused(
        () -> with(TfidfVectorizer.of("shop", 0)),
        "TfidfVectorizer of shop has 1 to 100000 categories, not 0");
    assertRefused(
        () -> NGrams.of("shop", 2, 1), "NGrams of shop are of 1 to 20 tokens, not of 2 to 1");
  }
}
