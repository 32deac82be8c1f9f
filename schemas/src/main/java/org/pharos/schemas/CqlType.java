package org.pharos.schemas;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;

/**
 * A column type of Cassandra 5, with the Beam field type that carries it without loss.
 *
 * <p>Types are values: immutable and equal by content. What Cassandra freezes by itself is frozen
 * here too (whatever stands inside a collection, a tuple, a vector or a user type), so that a type
 * written by hand equals the same type described from a live table.
 */
@SuppressWarnings("AmbiguousMethodReference") // frozen(type) and type.frozen() both read as CQL
public sealed interface CqlType extends Serializable {

  CqlType ASCII = Native.ASCII;
  CqlType BIGINT = Native.BIGINT;
  CqlType BLOB = Native.BLOB;
  CqlType BOOLEAN = Native.BOOLEAN;
  CqlType COUNTER = Native.COUNTER;
  CqlType DATE = Native.DATE;
  CqlType DECIMAL = Native.DECIMAL;
  CqlType DOUBLE = Native.DOUBLE;
  CqlType DURATION = Native.DURATION;
  CqlType FLOAT = Native.FLOAT;
  CqlType INET = Native.INET;
  CqlType INT = Native.INT;
  CqlType SMALLINT = Native.SMALLINT;
  CqlType TEXT = Native.TEXT;
  CqlType TIME = Native.TIME;
  CqlType TIMESTAMP = Native.TIMESTAMP;
  CqlType TIMEUUID = Native.TIMEUUID;
  CqlType TINYINT = Native.TINYINT;
  CqlType UUID = Native.UUID;
  CqlType VARINT = Native.VARINT;

  /** The type as CQL writes it, such as {@code map<text, frozen<list<int>>>}. */
  String cql();

  /**
   * The Beam type of a value, not nullable itself: whether a column may be null is the column's
   * business. The fields of tuples and user types are nullable, elements of collections are not.
   */
  FieldType fieldType();

  /**
   * Whether a value is one cell, written and replaced as a whole. False only for collections and
   * user types that are not frozen: their elements can be written one by one.
   */
  boolean frozen();

  /** A list that is not frozen. */
  static ListOf list(CqlType element) {
    return new ListOf(element, false);
  }

  /** A set that is not frozen. */
  static SetOf set(CqlType element) {
    return new SetOf(element, false);
  }

  /** A map that is not frozen. */
  static MapOf map(CqlType key, CqlType value) {
    return new MapOf(key, value, false);
  }

  /** A tuple; Cassandra always freezes it. */
  static TupleOf tuple(CqlType... elements) {
    return new TupleOf(List.of(elements));
  }

  /** A vector of a fixed dimension. */
  static VectorOf vector(CqlType element, int dimension) {
    return new VectorOf(element, dimension);
  }

  /** A user type that is not frozen; it lives in the keyspace of the table that uses it. */
  static UserType userType(String name, UserType.Field... fields) {
    return new UserType(name, List.of(fields), false);
  }

  /** The same type, frozen: itself when it is so already. */
  static CqlType frozen(CqlType type) {
    if (type.frozen()) {
      return type;
    } else if (type instanceof ListOf list) {
      return new ListOf(list.element(), true);
    } else if (type instanceof SetOf set) {
      return new SetOf(set.element(), true);
    } else if (type instanceof MapOf map) {
      return new MapOf(map.key(), map.value(), true);
    } else if (type instanceof UserType user) {
      return new UserType(user.name(), user.fields(), true);
    }
    return type;
  }

  /** The types with no inner structure. */
  enum Native implements CqlType {
    ASCII(FieldType.STRING),
    BIGINT(FieldType.INT64),
    BLOB(FieldType.BYTES),
    BOOLEAN(FieldType.BOOLEAN),
    COUNTER(FieldType.INT64),
    DATE(FieldType.logicalType(SqlTypes.DATE)),
    DECIMAL(FieldType.DECIMAL),
    DOUBLE(FieldType.DOUBLE),
    DURATION(FieldType.logicalType(CalendarDuration.TYPE)),
    FLOAT(FieldType.FLOAT),
    INET(FieldType.logicalType(CqlLogicalTypes.INET)),
    INT(FieldType.INT32),
    SMALLINT(FieldType.INT16),
    TEXT(FieldType.STRING),
    TIME(FieldType.logicalType(SqlTypes.TIME)),
    TIMESTAMP(FieldType.DATETIME),
    TIMEUUID(FieldType.logicalType(CqlLogicalTypes.TIMEUUID)),
    TINYINT(FieldType.BYTE),
    UUID(FieldType.logicalType(new UuidLogicalType())),
    VARINT(FieldType.logicalType(CqlLogicalTypes.VARINT));

    @SuppressWarnings("ImmutableEnumChecker") // a value class, but for Beam's generated builder
    private final FieldType fieldType;

    Native(FieldType fieldType) {
      this.fieldType = fieldType;
    }

    @Override
    public String cql() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public FieldType fieldType() {
      return fieldType;
    }

    @Override
    public boolean frozen() {
      return true;
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /** {@code list<element>}: a Java List. */
  record ListOf(CqlType element, boolean frozen) implements CqlType {
    public ListOf {
      element = CqlTypes.inner("list", element);
    }

    @Override
    public String cql() {
      return CqlTypes.maybeFrozen("list<" + element.cql() + ">", frozen);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.array(element.fieldType());
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /** {@code set<element>}: a Java Collection in the order of the server, that of the element. */
  record SetOf(CqlType element, boolean frozen) implements CqlType {
    public SetOf {
      element = CqlTypes.inner("set", element);
      CqlTypes.refuseDuration("element of a set", element);
    }

    @Override
    public String cql() {
      return CqlTypes.maybeFrozen("set<" + element.cql() + ">", frozen);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.iterable(element.fieldType());
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /**
   * {@code map<key, value>}: a Java Map. Where keys are blobs, or collections of them, two maps of
   * the same content are not equal: Java compares arrays by identity.
   */
  record MapOf(CqlType key, CqlType value, boolean frozen) implements CqlType {
    public MapOf {
      key = CqlTypes.inner("map", key);
      value = CqlTypes.inner("map", value);
      CqlTypes.refuseDuration("key of a map", key);
    }

    @Override
    public String cql() {
      return CqlTypes.maybeFrozen("map<" + key.cql() + ", " + value.cql() + ">", frozen);
    }

    @Override
    public FieldType fieldType() {
      return FieldType.map(key.fieldType(), value.fieldType());
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /** {@code tuple<...>}: a Row whose nullable fields are named "0", "1", and so on. */
  record TupleOf(List<CqlType> elements) implements CqlType {
    public TupleOf {
      if (elements.isEmpty()) {
        throw new IllegalArgumentException("a tuple needs at least one element");
      }
      elements = elements.stream().map(element -> CqlTypes.inner("tuple", element)).toList();
    }

    @Override
    public String cql() {
      return "tuple<" + CqlTypes.list(elements) + ">";
    }

    @Override
    public FieldType fieldType() {
      return CqlTypes.row(CqlTypes.positions(elements.size()), elements);
    }

    @Override
    public boolean frozen() {
      return true;
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /**
   * A type created by CREATE TYPE: a Row with its fields, all nullable. The name is written without
   * a keyspace; Cassandra looks for it in that of the table.
   */
  record UserType(String name, List<Field> fields, boolean frozen) implements CqlType {

    /** A field of a user type. */
    public record Field(String name, CqlType type) implements Serializable {
      public Field {
        if (name.isEmpty()) {
          throw new IllegalArgumentException("a field of a user type needs a name");
        }
        type = CqlTypes.inner("user type", type);
      }
    }

    public UserType {
      fields = List.copyOf(fields);
      if (name.isEmpty() || fields.isEmpty()) {
        throw new IllegalArgumentException("a user type needs a name and at least one field");
      }
      Set<String> seen = new HashSet<>();
      for (Field field : fields) {
        if (!seen.add(field.name())) {
          throw new IllegalArgumentException(
              "user type " + name + " has the field " + field.name() + " twice");
        }
      }
    }

    /** A field, for {@link CqlType#userType}. */
    public static Field field(String name, CqlType type) {
      return new Field(name, type);
    }

    @Override
    public String cql() {
      return CqlTypes.maybeFrozen(Cql.identifier(name), frozen);
    }

    @Override
    public FieldType fieldType() {
      return CqlTypes.row(
          fields.stream().map(Field::name).toList(), fields.stream().map(Field::type).toList());
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /**
   * {@code vector<element, dimension>}: a {@link Vector} for float elements, else a Java List of
   * exactly that many elements.
   */
  record VectorOf(CqlType element, int dimension) implements CqlType {
    public VectorOf {
      element = CqlTypes.inner("vector", element);
      if (dimension < 1 || dimension > Vector.MAX_DIMENSION) {
        throw new IllegalArgumentException(
            "dimension of a vector is 1 to " + Vector.MAX_DIMENSION + ", not " + dimension);
      }
    }

    @Override
    public String cql() {
      return "vector<" + element.cql() + ", " + dimension + ">";
    }

    @Override
    public FieldType fieldType() {
      return element == Native.FLOAT
          ? FieldType.logicalType(Vector.type(dimension))
          : FieldType.array(element.fieldType());
    }

    @Override
    public boolean frozen() {
      return true;
    }

    @Override
    public String toString() {
      return cql();
    }
  }

  /** Every native type, for tools and tests that walk over all of them. */
  static List<CqlType> natives() {
    return Arrays.<CqlType>asList(Native.values());
  }
}
