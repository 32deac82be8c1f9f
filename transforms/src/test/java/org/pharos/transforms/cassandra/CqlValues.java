package org.pharos.transforms.cassandra;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Vector;

/** Generates the Beam values of a CQL type, extremes included, and compares what came back. */
final class CqlValues {

  private CqlValues() {}

  /** The same values for the same seed; extremes more often than chance would have them. */
  static List<Object> generate(CqlType type, int count, long seed) {
    List<Object> values = new ArrayList<>();
    JqwikSession.run(
        () ->
            of(type).generator(count, true).stream(new Random(seed))
                .limit(count)
                .forEach(shrinkable -> values.add(shrinkable.value())));
    return values;
  }

  static Arbitrary<Object> of(CqlType type) {
    if (type instanceof CqlType.Native scalar) {
      return scalar(scalar).asGeneric();
    } else if (type instanceof CqlType.ListOf list) {
      return of(list.element()).list().ofMaxSize(5).asGeneric();
    } else if (type instanceof CqlType.SetOf set) {
      return of(set.element()).list().ofMaxSize(5).map(CqlValues::distinct).asGeneric();
    } else if (type instanceof CqlType.MapOf map) {
      return Combinators.combine(
              of(map.key()).list().ofMaxSize(4).map(CqlValues::distinct),
              of(map.value()).list().ofSize(4))
          .as(CqlValues::map)
          .asGeneric();
    } else if (type instanceof CqlType.TupleOf tuple) {
      return row(type.fieldType().getRowSchema(), tuple.elements()).asGeneric();
    } else if (type instanceof CqlType.UserType user) {
      return row(
              type.fieldType().getRowSchema(),
              user.fields().stream().map(CqlType.UserType.Field::type).toList())
          .asGeneric();
    } else if (type instanceof CqlType.VectorOf vector) {
      return vector.element() == CqlType.FLOAT
          ? Arbitraries.floats()
              .array(float[].class)
              .ofSize(vector.dimension())
              .map(Vector::of)
              .asGeneric()
          : of(vector.element()).list().ofSize(vector.dimension()).asGeneric();
    }
    throw new IllegalArgumentException(type.cql());
  }

  private static Arbitrary<?> scalar(CqlType.Native type) {
    return switch (type) {
      case ASCII -> Arbitraries.strings().ascii().ofMaxLength(30);
      case BIGINT, COUNTER -> Arbitraries.longs();
      case BLOB -> Arbitraries.bytes().array(byte[].class).ofMaxSize(30);
      case BOOLEAN -> Arbitraries.of(true, false);
      case DATE ->
          Arbitraries.longs().between(-(1L << 31), (1L << 31) - 1).map(LocalDate::ofEpochDay);
      case DECIMAL ->
          Combinators.combine(
                  Arbitraries.bigIntegers()
                      .between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)),
                  Arbitraries.integers())
              .as(BigDecimal::new);
      case DOUBLE ->
          Arbitraries.oneOf(
              Arbitraries.doubles(),
              Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE));
      case DURATION ->
          Combinators.combine(
                  Arbitraries.integers().greaterOrEqual(0),
                  Arbitraries.integers().greaterOrEqual(0),
                  Arbitraries.longs().greaterOrEqual(0),
                  Arbitraries.of(1, -1))
              .as((m, d, n, sign) -> new CalendarDuration(sign * m, sign * d, sign * n));
      case FLOAT ->
          Arbitraries.oneOf(
              Arbitraries.floats(),
              Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, -0.0f, Float.MIN_VALUE));
      case INET ->
          Arbitraries.oneOf(
              Arbitraries.bytes().array(byte[].class).ofSize(4).map(CqlValues::inet),
              Arbitraries.bytes().array(byte[].class).ofSize(16).map(CqlValues::inet));
      case INT -> Arbitraries.integers();
      case SMALLINT -> Arbitraries.shorts();
      case TEXT ->
          Arbitraries.integers()
              .between(0, Character.MAX_CODE_POINT)
              .filter(point -> point < 0xD800 || point > 0xDFFF)
              .list()
              .ofMaxSize(20)
              .map(CqlValues::text);
      case TIME -> Arbitraries.longs().between(0, 86_399_999_999_999L).map(LocalTime::ofNanoOfDay);
      case TIMESTAMP -> Arbitraries.longs().map(Instant::ofEpochMilli);
      case TIMEUUID ->
          Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
              .as((high, low) -> new UUID((high & ~0xF000L) | 0x1000L, (low >>> 2) | (1L << 63)));
      case TINYINT -> Arbitraries.bytes();
      case UUID -> Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
      case VARINT ->
          Arbitraries.bigIntegers()
              .between(BigInteger.TWO.pow(200).negate(), BigInteger.TWO.pow(200));
    };
  }

  private static Arbitrary<Row> row(Schema schema, List<CqlType> types) {
    List<Arbitrary<Object>> fields = types.stream().map(type -> of(type).injectNull(0.2)).toList();
    return Combinators.combine(fields)
        .as(values -> Row.withSchema(schema).addValues(values).build());
  }

  private static List<Object> distinct(List<Object> values) {
    Set<Object> seen = new HashSet<>();
    return values.stream().filter(value -> seen.add(key(value))).toList();
  }

  /** What the server takes for the same element of a set: it compares decimals by their value. */
  private static Object key(Object value) {
    if (value instanceof BigDecimal decimal) {
      boolean extreme = Math.abs((long) decimal.scale()) > Integer.MAX_VALUE - 1000;
      return decimal.signum() == 0
          ? BigDecimal.ZERO
          : extreme ? decimal : decimal.stripTrailingZeros();
    }
    return canonical(value);
  }

  private static Map<Object, Object> map(List<Object> keys, List<Object> values) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  private static String text(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(text::appendCodePoint);
    return text.toString();
  }

  private static InetAddress inet(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * A value that equals another exactly if the two mean the same in every bit, whatever class holds
   * them. Without a type: lists in their order.
   */
  static Object canonical(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof Row row) {
      return row.getValues().stream().map(each -> each == null ? "null" : canonical(each)).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> canonical = new LinkedHashMap<>();
      map.forEach((key, each) -> canonical.put(canonical(key), canonical(each)));
      return canonical;
    } else if (value instanceof Iterable<?> values) {
      List<Object> canonical = new ArrayList<>();
      values.forEach(each -> canonical.add(canonical(each)));
      return canonical;
    }
    return value;
  }

  /** As {@link #canonical(Object)}, with sets whatever their order. */
  static Object canonical(CqlType type, Object value) {
    if (value == null) {
      return "null";
    } else if (type instanceof CqlType.ListOf list) {
      return each(list.element(), (Iterable<?>) value);
    } else if (type instanceof CqlType.SetOf set) {
      return new HashSet<>(each(set.element(), (Iterable<?>) value));
    } else if (type instanceof CqlType.MapOf map) {
      Map<Object, Object> canonical = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (key, each) ->
                  canonical.put(canonical(map.key(), key), canonical(map.value(), each)));
      return canonical;
    } else if (type instanceof CqlType.TupleOf tuple) {
      return fields(tuple.elements(), (Row) value);
    } else if (type instanceof CqlType.UserType user) {
      return fields(user.fields().stream().map(CqlType.UserType.Field::type).toList(), (Row) value);
    } else if (type instanceof CqlType.VectorOf vector && vector.element() != CqlType.FLOAT) {
      return each(vector.element(), (Iterable<?>) value);
    }
    return canonical(value);
  }

  private static List<Object> each(CqlType type, Iterable<?> values) {
    List<Object> canonical = new ArrayList<>();
    values.forEach(value -> canonical.add(canonical(type, value)));
    return canonical;
  }

  private static List<Object> fields(List<CqlType> types, Row row) {
    List<Object> canonical = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      canonical.add(canonical(types.get(i), row.getValue(i)));
    }
    return canonical;
  }
}
