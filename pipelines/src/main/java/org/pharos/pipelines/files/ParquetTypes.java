package org.pharos.pipelines.files;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.LogicalType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.pharos.schemas.CqlLogicalTypes;
import org.pharos.schemas.Vector;

/**
 * Fields of a schema as columns of Parquet: numbers, truths, texts and bytes as themselves,
 * timestamps in milliseconds of UTC, dates, times of day in nanoseconds, uuids in 16 bytes; lists,
 * sets and vectors as LIST, maps as MAP, Rows as groups. Decimals and varints, which have no fixed
 * scale here, addresses, durations and what else there may be are texts.
 */
final class ParquetTypes {
  static final String ELEMENT = "element";
  static final String KEY = "key";
  static final String VALUE = "value";
  private static final int UUID_BYTES = 16;

  private ParquetTypes() {}

  /** How values of a type are written. */
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT,
    BYTES,
    TIMESTAMP,
    DATE,
    TIME,
    UUID,
    VECTOR,
    LIST,
    MAP,
    ROW
  }

  static MessageType message(Schema schema) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    schema.getFields().forEach(field -> message.addField(type(field.getName(), field.getType())));
    return message.named("row");
  }

  private static Type type(String name, FieldType field) {
    Repetition repetition = field.getNullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    Kind kind = kind(field);
    return switch (kind) {
      case VECTOR -> Types.list(repetition).element(type(ELEMENT, FieldType.FLOAT)).named(name);
      case LIST -> Types.list(repetition).element(type(ELEMENT, element(field))).named(name);
      case MAP ->
          Types.map(repetition)
              .key(type(KEY, key(field)))
              .value(type(VALUE, value(field)))
              .named(name);
      case ROW -> {
        Types.GroupBuilder<?> group = Types.buildGroup(repetition);
        rows(field)
            .getFields()
            .forEach(each -> group.addField(type(each.getName(), each.getType())));
        yield (Type) group.named(name);
      }
      default -> primitive(kind, repetition).named(name);
    };
  }

  private static Types.PrimitiveBuilder<PrimitiveType> primitive(Kind kind, Repetition repetition) {
    return switch (kind) {
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition);
      case BYTE -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(intType(8, true));
      case SHORT -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(intType(16, true));
      case INT -> Types.primitive(PrimitiveTypeName.INT32, repetition);
      case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition);
      case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition);
      case TEXT -> Types.primitive(PrimitiveTypeName.BINARY, repetition).as(stringType());
      case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition);
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(timestampType(true, TimeUnit.MILLIS));
      case DATE -> Types.primitive(PrimitiveTypeName.INT32, repetition).as(dateType());
      case TIME ->
          Types.primitive(PrimitiveTypeName.INT64, repetition).as(timeType(false, TimeUnit.NANOS));
      case UUID ->
          Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
              .length(UUID_BYTES)
              .as(uuidType());
      case VECTOR, LIST, MAP, ROW -> throw new IllegalArgumentException(kind + " is a group");
    };
  }

  static Kind kind(FieldType field) {
    return switch (field.getTypeName()) {
      case BOOLEAN -> Kind.BOOLEAN;
      case BYTE -> Kind.BYTE;
      case INT16 -> Kind.SHORT;
      case INT32 -> Kind.INT;
      case INT64 -> Kind.LONG;
      case FLOAT -> Kind.FLOAT;
      case DOUBLE -> Kind.DOUBLE;
      case BYTES -> Kind.BYTES;
      case DATETIME -> Kind.TIMESTAMP;
      case ARRAY, ITERABLE -> Kind.LIST;
      case MAP -> Kind.MAP;
      case ROW -> Kind.ROW;
      case LOGICAL_TYPE -> logical(field.getLogicalType());
      case STRING, DECIMAL -> Kind.TEXT;
    };
  }

  private static Kind logical(LogicalType<?, ?> type) {
    if (type.getIdentifier().equals(SqlTypes.DATE.getIdentifier())) {
      return Kind.DATE;
    } else if (type.getIdentifier().equals(SqlTypes.TIME.getIdentifier())) {
      return Kind.TIME;
    } else if (type.getIdentifier().equals(UuidLogicalType.IDENTIFIER)
        || type.equals(CqlLogicalTypes.TIMEUUID)) {
      return Kind.UUID;
    } else if (type instanceof Vector.LogicalType) {
      return Kind.VECTOR;
    }
    return Kind.TEXT;
  }

  /** Of a LIST. */
  static FieldType element(FieldType list) {
    return Objects.requireNonNull(list.getCollectionElementType());
  }

  /** Of a MAP; Parquet has none that may be null. */
  static FieldType key(FieldType map) {
    return Objects.requireNonNull(map.getMapKeyType()).withNullable(false);
  }

  /** Of a MAP. */
  static FieldType value(FieldType map) {
    return Objects.requireNonNull(map.getMapValueType());
  }

  /** Of a ROW. */
  static Schema rows(FieldType row) {
    return Objects.requireNonNull(row.getRowSchema());
  }
}
