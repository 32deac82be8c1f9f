package org.pharos.schemas;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

  /** Values of a type, never null themselves; fields of tuples and user types may be. */
  public static Arbitrary<?> of(CqlType type) {
    if (type instanceof CqlType.Native plain) {
      return of(plain);
    } else if (type instanceof CqlType.ListOf list) {
      return of(list.element()).list().ofMaxSize(3);
    } else if (type instanceof CqlType.SetOf set) {
      return of(set.element()).list().ofMaxSize(3);
    } else if (type instanceof CqlType.MapOf map) {
      return Combinators.combine(of(map.key()), of(map.value()))
          .as((key, value) -> List.<Object>of(key, value))
          .list()
          .ofMaxSize(3)
          .map(CqlValues::map);
    } else if (type instanceof CqlType.TupleOf tuple) {
      return row(type.fieldType().getRowSchema(), tuple.elements());
    } else if (type instanceof CqlType.VectorOf vector) {
      return vector.element() == CqlType.FLOAT
          ? floats().array(float[].class).ofSize(vector.dimension()).map(Vector::of)
          : of(vector.element()).list().ofSize(vector.dimension());
    }
    return row(
        type.fieldType().getRowSchema(),
        ((CqlType.UserType) type).fields().stream().map(CqlType.UserType.Field::type).toList());
  }

  private static Map<Object, Object> map(List<List<Object>> entries) {
    Map<Object, Object> map = new LinkedHashMap<>();
    entries.forEach(entry -> map.put(entry.get(0), entry.get(1)));
    return map;
  }

  private static Arbitrary<Row> row(Schema schema, List<CqlType> types) {
    List<Arbitrary<Object>> values = new ArrayList<>();
    types.forEach(type -> values.add(of(type).map(value -> (Object) value).injectNull(0.2)));
    return Combinators.combine(values)
        .as(fields -> Row.withSchema(schema).addValues(fields).build());
  }

  private static Arbitrary<?> of(CqlType.Native type) {
    return switch (type) {
      case ASCII -> Arbitraries.strings().ascii();
      case TEXT -> Arbitraries.strings();
      case BIGINT, COUNTER -> Arbitraries.longs();
      case INT -> Arbitraries.integers();
      case SMALLINT -> Arbitraries.shorts();
      case TINYINT -> Arbitraries.bytes();
      case FLOAT -> floats();
      case DOUBLE ->
          Arbitraries.oneOf(
              Arbitraries.doubles(), Arbitraries.of(Double.NaN, Double.MIN_VALUE, -0.0));
      case BOOLEAN -> Arbitraries.of(true, false);
      case BLOB -> Arbitraries.bytes().array(byte[].class);
      case DECIMAL -> Combinators.combine(integers(), Arbitraries.integers()).as(BigDecimal::new);
      case VARINT -> integers();
      case UUID, TIMEUUID ->
          Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
      case TIMESTAMP -> Arbitraries.longs().map(Instant::ofEpochMilli);
      case DATE ->
          Arbitraries.longs()
              .between(Integer.MIN_VALUE, Integer.MAX_VALUE)
              .filter(day -> Math.abs(day) < 365L * 999_999_999L)
              .map(LocalDate::ofEpochDay);
      case TIME -> Arbitraries.longs().between(0, 86_399_999_999_999L).map(LocalTime::ofNanoOfDay);
      case DURATION ->
          Combinators.combine(
                  Arbitraries.integers().greaterOrEqual(0),
                  Arbitraries.integers().greaterOrEqual(0),
                  Arbitraries.longs().greaterOrEqual(0),
                  Arbitraries.of(1, -1))
              .as((m, d, n, sign) -> new CalendarDuration(sign * m, sign * d, sign * n));
      case INET ->
          Arbitraries.of(4, 16)
              .flatMap(size -> Arbitraries.bytes().array(byte[].class).ofSize(size))
              .map(CqlValues::address);
    };
  }

  private static Arbitrary<Float> floats() {
    return Arbitraries.oneOf(
        Arbitraries.floats(), Arbitraries.of(Float.NaN, Float.NEGATIVE_INFINITY, -0.0f));
  }

  private static Arbitrary<BigInteger> integers() {
    return Arbitraries.bigIntegers()
        .between(BigInteger.TWO.pow(300).negate(), BigInteger.TWO.pow(300));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
