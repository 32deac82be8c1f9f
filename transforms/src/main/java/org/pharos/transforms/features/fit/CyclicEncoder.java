package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * Sine and cosine of a number that comes round again, such as the hour of a day: {@code COLUMN_sin}
 * and {@code COLUMN_cos} of {@code 2 pi x / period}, behind the column, which stays. Both are null
 * for a null. Nothing is learned.
 */
public final class CyclicEncoder extends ColumnStep {
  private static final long serialVersionUID = 1L;

  private final double period;

  private CyclicEncoder(String column, double period) {
    super(column);
    this.period = period;
  }

  /**
   * Encodes this column of numbers.
   *
   * @param period after which it comes round, 24 for hours
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public static CyclicEncoder of(String column, double period) {
    if (!(period > 0) || Double.isInfinite(period)) {
      throw new IllegalArgumentException(
          "CyclicEncoder of " + column + " needs a positive period, not " + period);
    }
    return new CyclicEncoder(column, period);
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("CyclicEncoder", column(), type);
    return List.of(
        Field.nullable(column() + "_sin", FieldType.DOUBLE),
        Field.nullable(column() + "_cos", FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return value -> {
      Double number = Numbers.of(value);
      if (number == null) {
        return Arrays.asList(null, null);
      }
      double angle = 2 * Math.PI * number / period;
      return List.of(Math.sin(angle), Math.cos(angle));
    };
  }
}
