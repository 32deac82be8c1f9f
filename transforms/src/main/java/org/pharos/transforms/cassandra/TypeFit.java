package org.pharos.transforms.cassandra;

import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.logicaltypes.PassThroughLogicalType;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CqlLogicalTypes;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Vector;

/**
 * Which Beam field types may be written to a column: the column's own {@link CqlType#fieldType},
 * and what widens into it without loss: a smaller integer into a larger one (varint included), a
 * float into a double, an array into a set or a vector and an iterable into a list, a UUID into a
 * timeuuid (its version is checked with each value) and the other way round, a row that has some of
 * a user type's fields, and Beam's logical types that only narrow a string or bytes.
 */
final class TypeFit {

  private static final String UUID = UuidLogicalType.IDENTIFIER;
  private static final String TIMEUUID = CqlLogicalTypes.TIMEUUID.getIdentifier();
  private static final String VECTOR = Vector.anyType().getIdentifier();

  private TypeFit() {}

  private static boolean fits(FieldType given, CqlType wanted) {
    FieldType from = plain(given);
    if (wanted instanceof CqlType.Native scalar) {
      return fitsNative(from, scalar);
    } else if (wanted instanceof CqlType.ListOf list) {
      return elementFits(from, Set.of(TypeName.ARRAY, TypeName.ITERABLE), list.element());
    } else if (wanted instanceof CqlType.SetOf set) {
      return elementFits(from, Set.of(TypeName.ARRAY, TypeName.ITERABLE), set.element());
    } else if (wanted instanceof CqlType.MapOf map) {
      return from.getTypeName() == TypeName.MAP
          && from.getMapKeyType() != null
          && from.getMapValueType() != null
          && fits(from.getMapKeyType(), map.key())
          && fits(from.getMapValueType(), map.value());
    } else if (wanted instanceof CqlType.TupleOf tuple) {
      return from.getRowSchema() != null && fitsTuple(from.getRowSchema(), tuple.elements());
    } else if (wanted instanceof CqlType.UserType user) {
      return from.getRowSchema() != null && fitsUserType(from.getRowSchema(), user);
    } else if (wanted instanceof CqlType.VectorOf vector) {
      return (isVector(from, vector.dimension()) && vector.element() == CqlType.FLOAT)
          || elementFits(from, Set.of(TypeName.ARRAY), vector.element());
    }
    return false;
  }

  /** What stands in the way of writing a field type to a column; null if nothing does. */
  static @Nullable String problem(CqlType wanted, FieldType given) {
    return fits(given, wanted)
        ? null
        : wanted.cql() + " takes " + describe(wanted.fieldType()) + ", not " + describe(given);
  }

  /** A field type as a message shows it. */
  static String describe(FieldType type) {
    if (type.getLogicalType() != null) {
      return type.getLogicalType().getIdentifier();
    } else if (type.getCollectionElementType() != null) {
      return type.getTypeName() + "<" + describe(type.getCollectionElementType()) + ">";
    } else if (type.getMapKeyType() != null && type.getMapValueType() != null) {
      return "MAP<"
          + describe(type.getMapKeyType())
          + ", "
          + describe(type.getMapValueType())
          + ">";
    } else if (type.getRowSchema() != null) {
      return "ROW" + type.getRowSchema().getFieldNames();
    }
    return type.getTypeName().toString();
  }

  private static boolean fitsNative(FieldType from, CqlType.Native wanted) {
    TypeName name = from.getTypeName();
    String logical = from.getLogicalType() == null ? "" : from.getLogicalType().getIdentifier();
    return switch (wanted) {
      case ASCII, TEXT -> name == TypeName.STRING;
      case BIGINT, COUNTER -> isInteger(name);
      case BLOB -> name == TypeName.BYTES;
      case BOOLEAN -> name == TypeName.BOOLEAN;
      case DECIMAL -> name == TypeName.DECIMAL;
      case DOUBLE -> name == TypeName.DOUBLE || name == TypeName.FLOAT;
      case FLOAT -> name == TypeName.FLOAT;
      case INT -> name == TypeName.INT32 || name == TypeName.INT16 || name == TypeName.BYTE;
      case SMALLINT -> name == TypeName.INT16 || name == TypeName.BYTE;
      case TINYINT -> name == TypeName.BYTE;
      case TIMESTAMP -> name == TypeName.DATETIME;
      case UUID, TIMEUUID -> logical.equals(UUID) || logical.equals(TIMEUUID);
      case VARINT -> isInteger(name) || sameLogicalType(logical, wanted);
      case DATE, DURATION, INET, TIME -> sameLogicalType(logical, wanted);
    };
  }

  private static boolean isInteger(TypeName name) {
    return name == TypeName.INT64
        || name == TypeName.INT32
        || name == TypeName.INT16
        || name == TypeName.BYTE;
  }

  private static boolean sameLogicalType(String identifier, CqlType wanted) {
    Schema.LogicalType<?, ?> type = wanted.fieldType().getLogicalType();
    return type != null && type.getIdentifier().equals(identifier);
  }

  private static boolean isVector(FieldType from, int dimension) {
    Schema.LogicalType<?, ?> type = from.getLogicalType();
    if (type == null || !type.getIdentifier().equals(VECTOR)) {
      return false;
    }
    Integer declared = type.getArgument();
    return declared == null || declared == 0 || declared == dimension;
  }

  private static boolean elementFits(FieldType from, Set<TypeName> names, CqlType wanted) {
    return names.contains(from.getTypeName())
        && from.getCollectionElementType() != null
        && fits(from.getCollectionElementType(), wanted);
  }

  private static boolean fitsTuple(Schema from, List<CqlType> wanted) {
    if (from.getFieldCount() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!fits(from.getField(i).getType(), wanted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fitsUserType(Schema from, CqlType.UserType wanted) {
    return from.getFields().stream()
        .allMatch(
            given ->
                wanted.fields().stream()
                    .anyMatch(
                        field ->
                            field.name().equals(given.getName())
                                && fits(given.getType(), field.type())));
  }

  private static FieldType plain(FieldType type) {
    return type.getLogicalType() instanceof PassThroughLogicalType<?> narrowed
        ? plain(narrowed.getBaseType())
        : type;
  }
}
