package org.pharos.transforms.features.fit;

import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** Values of number columns as doubles. */
final class Numbers {
  private static final Set<TypeName> TYPES =
      Set.of(
          TypeName.BYTE,
          TypeName.INT16,
          TypeName.INT32,
          TypeName.INT64,
          TypeName.FLOAT,
          TypeName.DOUBLE,
          TypeName.DECIMAL);

  private Numbers() {}

  /**
   * @throws IllegalArgumentException if the type is not one of numbers
   */
  static void check(String step, String column, FieldType type) {
    if (!TYPES.contains(type.getTypeName())) {
      throw new IllegalArgumentException(
          step + " of " + column + " needs numbers, but the column is " + type.getTypeName());
    }
  }

  /** The number; null for null. */
  static @Nullable Double of(@Nullable Object value) {
    return value == null ? null : Double.valueOf(((Number) value).doubleValue());
  }

  /** Whether it is no value: null, or NaN. */
  static boolean isMissing(@Nullable Object value) {
    return value == null
        || (value instanceof Double number && number.isNaN())
        || (value instanceof Float single && single.isNaN());
  }
}
