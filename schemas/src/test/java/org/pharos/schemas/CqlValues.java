package org.pharos.schemas;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
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

/** Generated types, and values of a type as a Row holds them, extremes included. */
public final class CqlValues {

  private CqlValues() {}

  /** Any type that may stand inside another. */
  public static Arbitrary<CqlType> types(int depth) {
    Arbitrary<CqlType> natives =
        Arbitraries.of(CqlType.natives()).filter(type -> type != CqlType.COUNTER);
    if (depth == 0) {
      return natives;
    }
    Arbitrary<CqlType> inner = Arbitraries.lazy(() -> types(depth - 1));
    Arbitrary<CqlType> ordered = inner.filter(type -> !CqlTypes.holdsDuration(type));
    return Arbitraries.oneOf(
        natives,
        inner.map(CqlType::list),
        ordered.map(CqlType::set),
        Combinators.combine(ordered.filter(CqlValues::comparable), inner).as(CqlType::map),
        inner.list().ofMinSize(1).ofMaxSize(3).map(CqlType.TupleOf::new),
        Combinators.combine(inner, Arbitraries.integers().between(1, 5)).as(CqlType::vector),
        Combinators.combine(
                Arbitraries.strings().alpha().ofLength(8),
                inner.list().ofMinSize(1).ofMaxSize(3),
                Arbitraries.of(true, false))
            .as(CqlValues::userType));
  }

  // Beam compares maps by their keys' own equals, which arrays of bytes have not.
  private static boolean comparable(CqlType key) {
    return !key.toString().contains("blob");
  }

  private static CqlType userType(String name, List<CqlType> types, boolean frozen) {
    List<CqlType.UserType.Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(CqlType.UserType.field("Field " + i, types.get(i)));
    }
    return new CqlType.UserType(name, fields, frozen);
  }

  /** The same values for the same seed; extremes more often than chance would have them. */
  public static List<Object> generate(CqlType type, int count, long seed) {
    List<Object> values = new ArrayList<>();
    JqwikSession.run(
        () ->
            of(type).generator(count, true).stream(new Random(seed))
                .limit(count)
                .forEach(shrinkable -> values.add(shrinkable.value())));
    return values;
  }

  /** Values of a type, never null themselves; fields of tuples and user types may be. */
  public static Arbitrary<Object> of(CqlType type) {
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
          ? floats().array(float[].class).ofSize(vector.dimension()).map(Vector::of).asGeneric()
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
      case FLOAT -> floats();
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
              .between(BigInteger.TWO.pow(300).negate(), BigInteger.TWO.pow(300));
    };
  }

  private static Arbitrary<Row> row(Schema schema, List<CqlType> types) {
    List<Arbitrary<Object>> fields = types.stream().map(type -> of(type).injectNull(0.2)).toList();
    return Combinators.combine(fields)
        .as(values -> Row.withSchema(schema).addValues(values).build());
  }

  private static Arbitrary<Float> floats() {
    return Arbitraries.oneOf(
        Arbitraries.floats(),
        Arbitraries.of(Float.NaN, Float.POSITIVE_INFINITY, -0.0f, Float.MIN_VALUE));
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
    return CanonicalValues.of(value);
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
}
