package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.ListType;
import com.datastax.oss.driver.api.core.type.MapType;
import com.datastax.oss.driver.api.core.type.SetType;
import com.datastax.oss.driver.api.core.type.TupleType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.VectorType;
import com.datastax.oss.driver.internal.core.type.UserDefinedTypeBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pharos.schemas.CqlType;

/** The driver's name for each of our types, and back. */
final class DriverTypes {

  private static final Map<CqlType.Native, DataType> NATIVES = natives();

  private DriverTypes() {}

  /**
   * The driver's type.
   *
   * @param keyspace where user types live
   */
  static DataType toDriver(CqlType type, String keyspace) {
    if (type instanceof CqlType.Native scalar) {
      return NATIVES.get(scalar);
    } else if (type instanceof CqlType.ListOf list) {
      return DataTypes.listOf(toDriver(list.element(), keyspace), list.frozen());
    } else if (type instanceof CqlType.SetOf set) {
      return DataTypes.setOf(toDriver(set.element(), keyspace), set.frozen());
    } else if (type instanceof CqlType.MapOf map) {
      return DataTypes.mapOf(
          toDriver(map.key(), keyspace), toDriver(map.value(), keyspace), map.frozen());
    } else if (type instanceof CqlType.TupleOf tuple) {
      return DataTypes.tupleOf(
          tuple.elements().stream()
              .map(element -> toDriver(element, keyspace))
              .toArray(DataType[]::new));
    } else if (type instanceof CqlType.VectorOf vector) {
      return DataTypes.vectorOf(toDriver(vector.element(), keyspace), vector.dimension());
    } else if (type instanceof CqlType.UserType user) {
      UserDefinedTypeBuilder builder =
          new UserDefinedTypeBuilder(
              CqlIdentifier.fromInternal(keyspace), CqlIdentifier.fromInternal(user.name()));
      for (CqlType.UserType.Field field : user.fields()) {
        builder.withField(
            CqlIdentifier.fromInternal(field.name()), toDriver(field.type(), keyspace));
      }
      return user.frozen() ? builder.frozen().build() : builder.build();
    }
    throw new IllegalArgumentException("the driver has no type for " + type.cql());
  }

  /**
   * Our type.
   *
   * @throws IllegalArgumentException if it is none of Cassandra's own, such as one of a Java class
   *     that somebody installed on the servers
   */
  static CqlType fromDriver(DataType type) {
    if (type instanceof ListType list) {
      return new CqlType.ListOf(fromDriver(list.getElementType()), list.isFrozen());
    } else if (type instanceof SetType set) {
      return new CqlType.SetOf(fromDriver(set.getElementType()), set.isFrozen());
    } else if (type instanceof MapType map) {
      return new CqlType.MapOf(
          fromDriver(map.getKeyType()), fromDriver(map.getValueType()), map.isFrozen());
    } else if (type instanceof TupleType tuple) {
      return new CqlType.TupleOf(
          tuple.getComponentTypes().stream().map(DriverTypes::fromDriver).toList());
    } else if (type instanceof VectorType vector) {
      return new CqlType.VectorOf(fromDriver(vector.getElementType()), vector.getDimensions());
    } else if (type instanceof UserDefinedType user) {
      List<CqlType.UserType.Field> fields = new ArrayList<>();
      for (int i = 0; i < user.getFieldNames().size(); i++) {
        fields.add(
            CqlType.UserType.field(
                user.getFieldNames().get(i).asInternal(), fromDriver(user.getFieldTypes().get(i))));
      }
      return new CqlType.UserType(user.getName().asInternal(), fields, user.isFrozen());
    }
    return NATIVES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "type " + type.asCql(true, true) + " is none that Pharos knows"));
  }

  private static Map<CqlType.Native, DataType> natives() {
    Map<CqlType.Native, DataType> natives = new EnumMap<>(CqlType.Native.class);
    natives.put(CqlType.Native.ASCII, DataTypes.ASCII);
    natives.put(CqlType.Native.BIGINT, DataTypes.BIGINT);
    natives.put(CqlType.Native.BLOB, DataTypes.BLOB);
    natives.put(CqlType.Native.BOOLEAN, DataTypes.BOOLEAN);
    natives.put(CqlType.Native.COUNTER, DataTypes.COUNTER);
    natives.put(CqlType.Native.DATE, DataTypes.DATE);
    natives.put(CqlType.Native.DECIMAL, DataTypes.DECIMAL);
    natives.put(CqlType.Native.DOUBLE, DataTypes.DOUBLE);
    natives.put(CqlType.Native.DURATION, DataTypes.DURATION);
    natives.put(CqlType.Native.FLOAT, DataTypes.FLOAT);
    natives.put(CqlType.Native.INET, DataTypes.INET);
    natives.put(CqlType.Native.INT, DataTypes.INT);
    natives.put(CqlType.Native.SMALLINT, DataTypes.SMALLINT);
    natives.put(CqlType.Native.TEXT, DataTypes.TEXT);
    natives.put(CqlType.Native.TIME, DataTypes.TIME);
    natives.put(CqlType.Native.TIMESTAMP, DataTypes.TIMESTAMP);
    natives.put(CqlType.Native.TIMEUUID, DataTypes.TIMEUUID);
    natives.put(CqlType.Native.TINYINT, DataTypes.TINYINT);
    natives.put(CqlType.Native.UUID, DataTypes.UUID);
    natives.put(CqlType.Native.VARINT, DataTypes.VARINT);
    return natives;
  }
}
