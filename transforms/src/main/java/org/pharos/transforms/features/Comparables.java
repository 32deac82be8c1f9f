package org.pharos.transforms.features;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.schemas.Schema.TypeName;

/** Which values can be told apart and ordered, and when two of them are the same. */
final class Comparables {

  private static final Set<TypeName> TYPES =
      EnumSet.of(
          TypeName.STRING,
          TypeName.BOOLEAN,
          TypeName.BYTE,
          TypeName.INT16,
          TypeName.INT32,
          TypeName.INT64,
          TypeName.DECIMAL,
          TypeName.FLOAT,
          TypeName.DOUBLE,
          TypeName.DATETIME);

  private Comparables() {}

  /**
   * The type again, not nullable.
   *
   * @throws IllegalArgumentException naming the aggregation when values of the type have no order
   */
  static FieldType require(FieldType type, Aggregation aggregation) {
    if (!hasOrder(type)) {
      throw new IllegalArgumentException(
          aggregation
              + " needs values with an order (text, number, boolean, time, uuid), but the field is "
              + name(type));
    }
    return type.withNullable(false);
  }

  private static boolean hasOrder(FieldType type) {
    LogicalType<?, ?> logical = type.getLogicalType();
    if (logical == null) {
      return TYPES.contains(type.getTypeName());
    }
    // The value of a logical type in a Row is its input type: what its toInputType returns.
    Class<?> input =
        Arrays.stream(logical.getClass().getMethods())
            .filter(method -> method.getName().equals("toInputType") && !method.isBridge())
            .findFirst()
            .<Class<?>>map(Method::getReturnType)
            .orElse(Object.class);
    return input == Object.class // passes its base through
        ? hasOrder(logical.getBaseType())
        : Comparable.class.isAssignableFrom(input);
  }

  /** One object for all spellings of a value: 1.0 and 1.00 are one number, so are 0.0 and -0.0. */
  static Object canonical(Object value) {
    if (value instanceof BigDecimal decimal) {
      BigDecimal shortest = decimal.stripTrailingZeros();
      return shortest.scale() < 0 ? shortest.setScale(0) : shortest; // 10, not 1E+1
    }
    if (value instanceof Double number) {
      return number + 0.0;
    }
    if (value instanceof Float number) {
      return number + 0.0f;
    }
    return value;
  }

  static String name(FieldType type) {
    LogicalType<?, ?> logical = type.getLogicalType();
    return logical == null ? type.getTypeName().toString() : logical.getIdentifier();
  }

  /** Natural order; both are of one type that {@link #require} let through. */
  @SuppressWarnings("unchecked")
  static int compare(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
