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
import java.util.List;
import org.pharos.schemas.CqlType;

/** The driver's name for each of our types, and back. */
final class DriverTypes {

  private DriverTypes() {}

  /**
   * The driver's type.
   *
   * @param keyspace where user types live
   */
  static DataType toDriver(CqlType type, String keyspace) {
    if (type instanceof CqlType.Native scalar) {
      return nativeType(scalar);
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
    for (CqlType.Native scalar : CqlType.Native.values()) {
      if (nativeType(scalar).equals(type)) {
        return scalar;
      }
    }
    throw new IllegalArgumentException(
        "type " + type.asCql(true, true) + " is none that Pharos knows");
  }

  private static DataType nativeType(CqlType.Native type) {
    return switch (type) {
      case ASCII -> DataTypes.ASCII;
      case BIGINT -> DataTypes.BIGINT;
      case BLOB -> DataTypes.BLOB;
      case BOOLEAN -> DataTypes.BOOLEAN;
      case COUNTER -> DataTypes.COUNTER;
      case DATE -> DataTypes.DATE;
      case DECIMAL -> DataTypes.DECIMAL;
      case DOUBLE -> DataTypes.DOUBLE;
      case DURATION -> DataTypes.DURATION;
      case FLOAT -> DataTypes.FLOAT;
      case INET -> DataTypes.INET;
      case INT -> DataTypes.INT;
      case SMALLINT -> DataTypes.SMALLINT;
      case TEXT -> DataTypes.TEXT;
      case TIME -> DataTypes.TIME;
      case TIMESTAMP -> DataTypes.TIMESTAMP;
      case TIMEUUID -> DataTypes.TIMEUUID;
      case TINYINT -> DataTypes.TINYINT;
      case UUID -> DataTypes.UUID;
      case VARINT -> DataTypes.VARINT;
    };
  }
}
