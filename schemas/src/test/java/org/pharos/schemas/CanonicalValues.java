package org.pharos.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;

/** Makes what came back comparable with what was sent, whatever classes hold the two. */
public final class CanonicalValues {
  private CanonicalValues() {}

  /**
   * A value that equals another exactly if the two mean the same in every bit, whatever class holds
   * them. Without a type: lists in their order.
   */
  public static Object of(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof Row row) {
      return row.getValues().stream().map(each -> each == null ? "null" : of(each)).toList();
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, Object> canonical = new LinkedHashMap<>();
      map.forEach((key, each) -> canonical.put(of(key), of(each)));
      return canonical;
    } else if (value instanceof Iterable<?> values) {
      List<Object> canonical = new ArrayList<>();
      values.forEach(each -> canonical.add(of(each)));
      return canonical;
    }
    return value;
  }

  /** As {@link #of(Object)}, with sets whatever their order. */
  public static Object of(CqlType type, Object value) {
    if (value == null) {
      return "null";
    } else if (type instanceof CqlType.ListOf list) {
      return each(list.element(), (Iterable<?>) value);
    } else if (type instanceof CqlType.SetOf set) {
      return new HashSet<>(each(set.element(), (Iterable<?>) value));
    } else if (type instanceof CqlType.MapOf map) {
      Map<Object, Object> canonical = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach((key, each) -> canonical.put(of(map.key(), key), of(map.value(), each)));
      return canonical;
    } else if (type instanceof CqlType.TupleOf tuple) {
      return fields(tuple.elements(), (Row) value);
    } else if (type instanceof CqlType.UserType user) {
      return fields(user.fields().stream().map(CqlType.UserType.Field::type).toList(), (Row) value);
    } else if (type instanceof CqlType.VectorOf vector && vector.element() != CqlType.FLOAT) {
      return each(vector.element(), (Iterable<?>) value);
    }
    return of(value);
  }

  private static List<Object> each(CqlType type, Iterable<?> values) {
    List<Object> canonical = new ArrayList<>();
    values.forEach(value -> canonical.add(of(type, value)));
    return canonical;
  }

  private static List<Object> fields(List<CqlType> types, Row row) {
    List<Object> canonical = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      canonical.add(of(types.get(i), row.getValue(i)));
    }
    return canonical;
  }
}
