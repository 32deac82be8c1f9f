package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * 1 for a number above a threshold and 0 otherwise, a double in its place (scikit-learn's
 * Binarizer). A null stays null, a NaN stays NaN. Nothing is learned.
 */
public final class Binarizer extends ColumnStep {
  private static final long serialVersionUID = 1L;

  private final double threshold;

  private Binarizer(String column, double threshold) {
    super(column);
    this.threshold = threshold;
  }

  /**
   * Parts this column of numbers.
   *
   * @throws IllegalArgumentException if the threshold is NaN
   */
  public static Binarizer of(String column, double threshold) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("Binarizer of " + column + " needs a threshold, not NaN");
    }
    return new Binarizer(column, threshold);
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("Binarizer", column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(
          number == null || number.isNaN() ? number : (Double) (number > threshold ? 1.0 : 0.0));
    };
  }
}
