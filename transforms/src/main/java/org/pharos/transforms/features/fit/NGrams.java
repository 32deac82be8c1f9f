package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A list of tokens as the list of those that follow each other, with a space between them, in its
 * place: of "a", "b" and "c", from 1 to 2, "a", "b", "c", "a b", "b c" (the ngram_range of
 * scikit-learn's vectorizers). A null stays null; a null token is skipped. Nothing is learned.
 */
public final class NGrams extends ColumnStep {
  private static final int MOST = 20;
  private static final long serialVersionUID = 1L;

  private final int least;
  private final int most;

  private NGrams(String column, int least, int most) {
    super(column);
    if (least < 1 || most < least || most > MOST) {
      throw new IllegalArgumentException(
          this + " are of 1 to " + MOST + " tokens, not of " + least + " to " + most);
    }
    this.least = least;
    this.most = most;
  }

  /**
   * N-grams of this column of lists of texts, such as {@link Tokens} makes of texts.
   *
   * @param least tokens of one, 1 or more
   * @param most tokens of one, to 20
   */
  public static NGrams of(String column, int least, int most) {
    return new NGrams(column, least, most);
  }

  @Override
  List<Field> writes(FieldType type) {
    Terms.check(this, type);
    return List.of(Field.nullable(column(), FieldType.array(FieldType.STRING)));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> Collections.singletonList(value == null ? null : grams(Terms.of(value)));
  }

  private List<String> grams(List<String> tokens) {
    List<String> grams = new ArrayList<>();
    for (int length = least; length <= most; length++) {
      for (int i = 0; i + length <= tokens.size(); i++) {
        grams.add(String.join(" ", tokens.subList(i, i + length)));
      }
    }
    return grams;
  }
}
