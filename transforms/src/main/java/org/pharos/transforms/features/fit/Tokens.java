package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A text as the list of its tokens, in its place, as {@link NGrams}, {@link CountVectorizer} and
 * {@link TfidfVectorizer} read it; a null stays null. Nothing is learned.
 */
public final class Tokens extends ColumnStep {
  private static final long serialVersionUID = 1L;

  private final Cut cut;

  private Tokens(String column, Cut cut) {
    super(column);
    this.cut = cut;
  }

  /** How a text is cut. */
  @FunctionalInterface
  public interface Cut extends Serializable {
    /** The tokens of a text, in their order. */
    List<String> of(String text);
  }

  /**
   * The tokens of this column of texts.
   *
   * @param cut by a {@code Tokenizer} of the room {@code text}, say
   */
  public static Tokens of(String column, Cut cut) {
    return new Tokens(column, cut);
  }

  @Override
  List<Field> writes(FieldType type) {
    if (type.getTypeName() != TypeName.STRING) {
      throw new IllegalArgumentException(
          this + " need texts, but the column is " + type.getTypeName());
    }
    return List.of(Field.nullable(column(), FieldType.array(FieldType.STRING)));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> Collections.singletonList(value == null ? null : cut.of((String) value));
  }
}
