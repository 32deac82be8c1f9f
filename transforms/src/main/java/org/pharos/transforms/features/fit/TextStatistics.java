package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * What can be counted in a text, behind the column, which stays: {@code COLUMN_characters} (Unicode
 * code points) and {@code COLUMN_words} (between white space), bigints; {@code
 * COLUMN_mean_word_length}, and the shares of all characters {@code COLUMN_upper_share}, {@code
 * COLUMN_digit_share} and {@code COLUMN_punctuation_share} (what is no letter, digit or white
 * space), doubles that are 0 for an empty text. All are null for a null. Nothing is learned.
 */
public final class TextStatistics extends ColumnStep {
  private static final long serialVersionUID = 1L;

  private TextStatistics(String column) {
    super(column);
  }

  /** Statistics of this column of texts. */
  public static TextStatistics of(String column) {
    return new TextStatistics(column);
  }

  @Override
  List<Field> writes(FieldType type) {
    if (type.getTypeName() != TypeName.STRING) {
      throw new IllegalArgumentException(
          this + " need texts, but the column is " + type.getTypeName());
    }
    return List.of(
        Field.nullable(column() + "_characters", FieldType.INT64),
        Field.nullable(column() + "_words", FieldType.INT64),
        Field.nullable(column() + "_mean_word_length", FieldType.DOUBLE),
        Field.nullable(column() + "_upper_share", FieldType.DOUBLE),
        Field.nullable(column() + "_digit_share", FieldType.DOUBLE),
        Field.nullable(column() + "_punctuation_share", FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> value == null ? Collections.nCopies(6, null) : counted((String) value);
  }

  private static List<@Nullable Object> counted(String text) {
    int[] characters = text.codePoints().toArray();
    long words = 0;
    long inWords = 0;
    boolean inside = false;
    for (int character : characters) {
      boolean space = Character.isWhitespace(character);
      words += !space && !inside ? 1 : 0;
      inWords += space ? 0 : 1;
      inside = !space;
    }
    return List.of(
        (long) characters.length,
        words,
        words == 0 ? 0.0 : (double) inWords / words,
        share(characters, Character::isUpperCase),
        share(characters, Character::isDigit),
        share(
            characters, each -> !Character.isLetterOrDigit(each) && !Character.isWhitespace(each)));
  }

  private static double share(int[] characters, IntPredicate which) {
    return characters.length == 0
        ? 0
        : (double) Arrays.stream(characters).filter(which).count() / characters.length;
  }
}
