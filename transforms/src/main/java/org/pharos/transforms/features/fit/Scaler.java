package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers, moved and divided: a double in its place. A null stays null, a NaN stays
 * NaN; all are null where the fit saw no value.
 */
abstract class Scaler extends ColumnStep {
  private static final long serialVersionUID = 1L;

  Scaler(String column) {
    super(column);
  }

  /** What is subtracted; null when nothing was learned. */
  abstract @Nullable Double offset(Map<String, @Nullable Object> learned);

  /** What it is divided by; 0 divides by 1. */
  abstract double scale(Map<String, @Nullable Object> learned);

  @Override
  final List<Field> writes(FieldType type) {
    Numbers.check(getClass().getSimpleName(), column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  final Function function(Map<String, @Nullable Object> learned) {
    Double offset = offset(learned);
    double scale = offset == null ? 1 : scale(learned);
    double divisor = scale == 0 ? 1 : scale;
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(
          number == null || offset == null ? null : (Double) ((number - offset) / divisor));
    };
  }

  /** A learned number, which is there. */
  static double number(Map<String, @Nullable Object> learned, String name) {
    Double number = Numbers.of(learned.get(name));
    if (number == null) {
      throw new IllegalArgumentException("no " + name + " was learned");
    }
    return number;
  }
}
