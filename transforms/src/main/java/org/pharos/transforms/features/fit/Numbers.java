package org.pharos.transforms.features.fit;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
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

  /** Gives null for every value: what a step does that saw none. */
  static final ColumnStep.Function NULL = value -> Collections.singletonList(null);

  private Numbers() {}

  /**
   * @throws IllegalArgumentException if the type is not one of numbers
   */
  static void check(String step, String column, FieldType type) {
    if (!areNumbers(type)) {
      throw new IllegalArgumentException(
          step + " of " + column + " needs numbers, but the column is " + type.getTypeName());
    }
  }

  /**
   * @throws IllegalArgumentException if the type of a field is not one of numbers
   */
  static void check(String step, Schema columns) {
    columns.getFields().forEach(field -> check(step, field.getName(), field.getType()));
  }

  static boolean areNumbers(FieldType type) {
    return TYPES.contains(type.getTypeName());
  }

  /** The number; null for null. */
  static @Nullable Double of(@Nullable Object value) {
    return value == null ? null : Double.valueOf(((Number) value).doubleValue());
  }

  /** The numbers of a list; null for null. */
  static double @Nullable [] list(@Nullable Object value) {
    return value == null
        ? null
        : ((Collection<?>) value).stream().mapToDouble(each -> (Double) each).toArray();
  }

  /** Whether it is no value: null, or NaN. */
  static boolean isMissing(@Nullable Object value) {
    return value == null
        || (value instanceof Double number && number.isNaN())
        || (value instanceof Float single && single.isNaN());
  }
}
