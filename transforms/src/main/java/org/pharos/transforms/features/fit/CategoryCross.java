package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Several categories as one, a text {@code a_x_b} behind the columns {@code a} and {@code b}, which
 * stay: their values with {@code |} between them (a {@code |} or {@code \} of a value has a {@code
 * \} before it). Null where one of them is. Nothing is learned; encode it with a step behind.
 */
public final class CategoryCross implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final List<String> columns;

  private CategoryCross(List<String> columns) {
    this.columns = columns;
  }

  /**
   * Crosses these columns of texts, truths or whole numbers.
   *
   * @throws IllegalArgumentException if there are fewer than two, or one twice
   */
  public static CategoryCross of(String... columns) {
    List<String> all = Columns.several("CategoryCross", columns);
    if (all.size() < 2) {
      throw new IllegalArgumentException("CategoryCross needs two columns or more, not " + all);
    }
    return new CategoryCross(all);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Field> writes(Schema read) {
    read.getFields()
        .forEach(field -> Categories.check("CategoryCross", field.getName(), field.getType()));
    return List.of(Field.nullable(String.join("_x_", columns), FieldType.STRING));
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    return values ->
        Collections.singletonList(
            values.contains(null)
                ? null
                : values.stream().map(CategoryCross::text).collect(Collectors.joining("|")));
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value).replace("\\", "\\\\").replace("|", "\\|");
  }

  @Override
  public String toString() {
    return "CategoryCross of " + String.join(", ", columns);
  }
}
