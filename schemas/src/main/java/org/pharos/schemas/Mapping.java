package org.pharos.schemas;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/**
 * How one Java type is carried by a Beam Row and by a column.
 *
 * @param cqlType the column's type, absent where a vector does not say its dimension
 * @param toRow from Java to the Row's value; null where they are the same
 * @param fromRow from the Row's value to Java; null where they are the same
 */
record Mapping(
    FieldType fieldType,
    Optional<CqlType> cqlType,
    @Nullable Function<Object, Object> toRow,
    @Nullable Function<Object, Object> fromRow) {

  private static final Map<Type, CqlType> PLAIN = new HashMap<>();

  static {
    PLAIN.put(boolean.class, CqlType.BOOLEAN);
    PLAIN.put(Boolean.class, CqlType.BOOLEAN);
    PLAIN.put(byte.class, CqlType.TINYINT);
    PLAIN.put(Byte.class, CqlType.TINYINT);
    PLAIN.put(short.class, CqlType.SMALLINT);
    PLAIN.put(Short.class, CqlType.SMALLINT);
    PLAIN.put(int.class, CqlType.INT);
    PLAIN.put(Integer.class, CqlType.INT);
    PLAIN.put(long.class, CqlType.BIGINT);
    PLAIN.put(Long.class, CqlType.BIGINT);
    PLAIN.put(float.class, CqlType.FLOAT);
    PLAIN.put(Float.class, CqlType.FLOAT);
    PLAIN.put(double.class, CqlType.DOUBLE);
    PLAIN.put(Double.class, CqlType.DOUBLE);
    PLAIN.put(String.class, CqlType.TEXT);
    PLAIN.put(UUID.class, CqlType.UUID);
    PLAIN.put(BigInteger.class, CqlType.VARINT);
    PLAIN.put(BigDecimal.class, CqlType.DECIMAL);
    PLAIN.put(LocalDate.class, CqlType.DATE);
    PLAIN.put(LocalTime.class, CqlType.TIME);
    PLAIN.put(CalendarDuration.class, CqlType.DURATION);
    PLAIN.put(InetAddress.class, CqlType.INET);
  }

  /**
   * The mapping of a component's type.
   *
   * @param where record and component, for messages
   * @param enclosing the records around this component, outermost first
   * @throws IllegalArgumentException if the type has none
   */
  static Mapping of(AnnotatedType annotated, String where, List<Class<?>> enclosing) {
    Type type = annotated.getType();
    CqlType plain = PLAIN.get(type);
    if (plain != null) {
      return new Mapping(plain.fieldType(), Optional.of(plain), null, null);
    } else if (type == Instant.class) {
      return new Mapping(
          FieldType.DATETIME,
          Optional.of(CqlType.TIMESTAMP),
          null,
          value -> ((ReadableInstant) value).toInstant());
    } else if (type == Vector.class) {
      return vector(annotated.getAnnotation(Dimension.class));
    } else if (annotated instanceof AnnotatedArrayType && type == byte[].class) {
      return new Mapping(FieldType.BYTES, Optional.of(CqlType.BLOB), null, null);
    } else if (type == ByteBuffer.class) {
      return new Mapping(
          FieldType.BYTES,
          Optional.of(CqlType.BLOB),
          value -> bytes((ByteBuffer) value),
          value -> ByteBuffer.wrap((byte[]) value));
    } else if (type instanceof Class<?> raw && raw.isEnum()) {
      return enumeration(raw, where);
    } else if (type instanceof Class<?> raw && raw.isRecord()) {
      return nested(raw.asSubclass(Record.class), where, enclosing);
    } else if (annotated instanceof AnnotatedParameterizedType generic) {
      return collection(generic, where, enclosing);
    }
    throw unmapped(type, where);
  }

  private static Mapping collection(
      AnnotatedParameterizedType generic, String where, List<Class<?>> enclosing) {
    Type raw = ((java.lang.reflect.ParameterizedType) generic.getType()).getRawType();
    if (raw != List.class && raw != Set.class && raw != Map.class) {
      throw unmapped(generic.getType(), where);
    }
    AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
    Mapping first = of(arguments[0], where, enclosing);
    if (raw == List.class) {
      return list(first);
    }
    return raw == Set.class ? set(first) : map(first, of(arguments[1], where, enclosing));
  }

  private static Mapping vector(@Nullable Dimension dimension) {
    if (dimension == null) {
      return new Mapping(FieldType.logicalType(Vector.anyType()), Optional.empty(), null, null);
    }
    CqlType type = CqlType.vector(CqlType.FLOAT, dimension.value());
    return new Mapping(type.fieldType(), Optional.of(type), null, null);
  }

  private static Mapping list(Mapping element) {
    return new Mapping(
        FieldType.array(element.fieldType),
        element.cqlType.map(CqlType::list),
        element.toRow == null ? null : value -> mapped((List<?>) value, element.toRow),
        value -> {
          Collection<?> values = (Collection<?>) value;
          return element.fromRow == null && values instanceof List
              ? values
              : mapped(values, element.fromRow);
        });
  }

  private static Mapping set(Mapping element) {
    return new Mapping(
        FieldType.iterable(element.fieldType),
        element.cqlType.map(CqlType::set),
        element.toRow == null ? null : value -> mapped((Set<?>) value, element.toRow),
        value -> {
          Set<Object> set = new LinkedHashSet<>();
          ((Iterable<?>) value).forEach(item -> set.add(apply(element.fromRow, item)));
          return set;
        });
  }

  private static Mapping map(Mapping key, Mapping value) {
    boolean same = key.toRow == null && value.toRow == null;
    return new Mapping(
        FieldType.map(key.fieldType, value.fieldType),
        key.cqlType.flatMap(k -> value.cqlType.map(v -> CqlType.map(k, v))),
        same ? null : map -> mapped((Map<?, ?>) map, key.toRow, value.toRow),
        key.fromRow == null && value.fromRow == null
            ? null
            : map -> mapped((Map<?, ?>) map, key.fromRow, value.fromRow));
  }

  private static Mapping enumeration(Class<?> type, String where) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return new Mapping(
        FieldType.STRING,
        Optional.of(CqlType.TEXT),
        value -> ((Enum<?>) value).name(),
        value -> {
          Object constant = constants.get(value);
          if (constant == null) {
            throw new IllegalArgumentException(
                where
                    + ": no "
                    + type.getSimpleName()
                    + " is named '"
                    + value
                    + "', only "
                    + constants.keySet().stream().sorted().toList());
          }
          return constant;
        });
  }

  private static Mapping nested(
      Class<? extends Record> type, String where, List<Class<?>> enclosing) {
    if (enclosing.contains(type)) {
      throw new IllegalArgumentException(
          where + " holds its own record " + type.getName() + ": a schema has an end");
    }
    return nested(RecordShape.build(type, enclosing));
  }

  private static <R extends Record> Mapping nested(RecordShape<R> shape) {
    return new Mapping(
        FieldType.row(shape.schema()),
        shape.userType().map(type -> CqlType.frozen(type)),
        value -> shape.toRow(shape.type().cast(value)),
        value -> shape.fromRow((Row) value));
  }

  private static List<Object> mapped(
      Collection<?> values, @Nullable Function<Object, Object> function) {
    List<Object> mapped = new ArrayList<>(values.size());
    for (Object value : values) {
      mapped.add(apply(function, value));
    }
    return mapped;
  }

  private static Map<Object, Object> mapped(
      Map<?, ?> map,
      @Nullable Function<Object, Object> keys,
      @Nullable Function<Object, Object> values) {
    Map<Object, Object> mapped = new LinkedHashMap<>();
    map.forEach((key, value) -> mapped.put(apply(keys, key), apply(values, value)));
    return mapped;
  }

  private static Object apply(@Nullable Function<Object, Object> function, Object value) {
    return function == null ? value : function.apply(value);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static IllegalArgumentException unmapped(Type type, String where) {
    return new IllegalArgumentException(
        where
            + " is a "
            + type.getTypeName()
            + ", which no column type carries. There are:"
            + " primitives and their boxes, String, enums, UUID, BigInteger, BigDecimal, Joda"
            + " Instant, LocalDate, LocalTime, CalendarDuration, InetAddress, byte[], ByteBuffer,"
            + " Vector, records, and List, Set or Map of these");
  }
}
