package org.pharos.schemas;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** What the composite types share. */
final class CqlTypes {
  private CqlTypes() {}

  /** The type of what stands inside another: frozen, and never a counter. */
  static CqlType inner(String outer, CqlType type) {
    if (type == CqlType.COUNTER) {
      throw new IllegalArgumentException("a " + outer + " cannot hold counters");
    }
    return CqlType.frozen(type);
  }

  /** Durations have no order (is a month longer than 30 days?), so they cannot be keys. */
  static void refuseDuration(String place, CqlType type) {
    if (holdsDuration(type)) {
      throw new IllegalArgumentException(
          "a duration has no order and cannot be the " + place + ": " + type.cql());
    }
  }

  static boolean holdsDuration(CqlType type) {
    if (type instanceof CqlType.ListOf list) {
      return holdsDuration(list.element());
    } else if (type instanceof CqlType.SetOf set) {
      return holdsDuration(set.element());
    } else if (type instanceof CqlType.MapOf map) {
      return holdsDuration(map.key()) || holdsDuration(map.value());
    } else if (type instanceof CqlType.TupleOf tuple) {
      return tuple.elements().stream().anyMatch(CqlTypes::holdsDuration);
    } else if (type instanceof CqlType.VectorOf vector) {
      return holdsDuration(vector.element());
    } else if (type instanceof CqlType.UserType user) {
      return user.fields().stream().anyMatch(field -> holdsDuration(field.type()));
    }
    return type == CqlType.DURATION;
  }

  static String maybeFrozen(String cql, boolean frozen) {
    return frozen ? "frozen<" + cql + ">" : cql;
  }

  static String list(List<CqlType> types) {
    return types.stream().map(CqlType::cql).collect(Collectors.joining(", "));
  }

  static List<String> positions(int size) {
    return IntStream.range(0, size).mapToObj(Integer::toString).toList();
  }

  static FieldType row(List<String> names, List<CqlType> types) {
    Schema.Builder schema = Schema.builder();
    for (int i = 0; i < types.size(); i++) {
      schema.addNullableField(names.get(i), types.get(i).fieldType());
    }
    return FieldType.row(schema.build());
  }

  /** Adds the user types that this type holds, each after those inside it. */
  static void collectUserTypes(CqlType type, Set<CqlType.UserType> found) {
    if (type instanceof CqlType.ListOf list) {
      collectUserTypes(list.element(), found);
    } else if (type instanceof CqlType.SetOf set) {
      collectUserTypes(set.element(), found);
    } else if (type instanceof CqlType.MapOf map) {
      collectUserTypes(map.key(), found);
      collectUserTypes(map.value(), found);
    } else if (type instanceof CqlType.TupleOf tuple) {
      tuple.elements().forEach(element -> collectUserTypes(element, found));
    } else if (type instanceof CqlType.VectorOf vector) {
      collectUserTypes(vector.element(), found);
    } else if (type instanceof CqlType.UserType user) {
      user.fields().forEach(field -> collectUserTypes(field.type(), found));
      found.add(new CqlType.UserType(user.name(), user.fields(), false));
    }
  }

  /** Equal but for the fields of user types, which are compared once, by the type's name. */
  static boolean sameShape(CqlType one, CqlType other) {
    if (one.frozen() != other.frozen()) {
      return false;
    } else if (one instanceof CqlType.ListOf a && other instanceof CqlType.ListOf b) {
      return sameShape(a.element(), b.element());
    } else if (one instanceof CqlType.SetOf a && other instanceof CqlType.SetOf b) {
      return sameShape(a.element(), b.element());
    } else if (one instanceof CqlType.MapOf a && other instanceof CqlType.MapOf b) {
      return sameShape(a.key(), b.key()) && sameShape(a.value(), b.value());
    } else if (one instanceof CqlType.TupleOf a && other instanceof CqlType.TupleOf b) {
      return a.elements().size() == b.elements().size()
          && IntStream.range(0, a.elements().size())
              .allMatch(i -> sameShape(a.elements().get(i), b.elements().get(i)));
    } else if (one instanceof CqlType.VectorOf a && other instanceof CqlType.VectorOf b) {
      return a.dimension() == b.dimension() && sameShape(a.element(), b.element());
    } else if (one instanceof CqlType.UserType a && other instanceof CqlType.UserType b) {
      return a.name().equals(b.name());
    }
    return one.equals(other);
  }
}
