package org.pharos.schemas;

import java.util.List;
import java.util.OptionalDouble;

/** The bytes of a value, for types whose values all have the same. */
final class TypeSize {
  private TypeSize() {}

  static OptionalDouble of(CqlType type) {
    if (type instanceof CqlType.Native plain) {
      return of(plain);
    } else if (type instanceof CqlType.VectorOf vector) {
      OptionalDouble element = of(vector.element());
      return element.isEmpty()
          ? element
          : OptionalDouble.of(vector.dimension() * element.getAsDouble());
    } else if (type instanceof CqlType.TupleOf tuple) {
      return sum(tuple.elements());
    } else if (type instanceof CqlType.UserType user) {
      return sum(user.fields().stream().map(CqlType.UserType.Field::type).toList());
    }
    return OptionalDouble.empty();
  }

  // Each field of a tuple or user type stands behind its length in 4 bytes.
  private static OptionalDouble sum(List<CqlType> fields) {
    double sum = 0;
    for (CqlType field : fields) {
      OptionalDouble size = of(field);
      if (size.isEmpty()) {
        return size;
      }
      sum += 4 + size.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }

  private static OptionalDouble of(CqlType.Native type) {
    return switch (type) {
      case BOOLEAN, TINYINT -> OptionalDouble.of(1);
      case SMALLINT -> OptionalDouble.of(2);
      case INT, FLOAT, DATE -> OptionalDouble.of(4);
      case BIGINT, COUNTER, DOUBLE, TIME, TIMESTAMP -> OptionalDouble.of(8);
      case UUID, TIMEUUID, INET -> OptionalDouble.of(16);
      case ASCII, TEXT, BLOB, DECIMAL, VARINT, DURATION -> OptionalDouble.empty();
    };
  }
}
