package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.datastax.oss.driver.api.core.ProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.codec.TypeCodec;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CanonicalValues;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.CqlValues;
import org.pharos.schemas.Vector;

/** The bytes are those that the driver makes of the same value, and lead back to it. */
class ColumnCodecTest {

  static Stream<CqlType> types() {
    return Stream.of(
            CqlTypes.natives(), CqlTypes.collections(), CqlTypes.nested(), CqlTypes.vectors())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("types")
  void bytes_are_the_drivers_and_lead_back(CqlType type) {
    ColumnCodec ours = ColumnCodec.of(type);
    DataType driverType = DriverTypes.toDriver(type, "ks");
    assertThat(DriverTypes.fromDriver(driverType)).isEqualTo(type);
    TypeCodec<Object> drivers = CodecRegistry.DEFAULT.codecFor(driverType);
    for (Object value : CqlValues.generate(type, 100, 7)) {
      ByteBuffer bytes = ours.encode(value);
      assertThat(bytes)
          .as("%s", value)
          .isEqualTo(drivers.encode(toDriver(type, driverType, value), ProtocolVersion.DEFAULT));
      ByteBuffer before = bytes.duplicate();
      assertThat(CanonicalValues.of(ours.decode(bytes))).isEqualTo(CanonicalValues.of(value));
      assertThat(bytes).isEqualTo(before);
      assertThat(CanonicalValues.of(ours.decode(offHeap(bytes))))
          .isEqualTo(CanonicalValues.of(value));
    }
    assertThat(ours.encode(null)).isNull();
    assertThat(ours.decode(null)).isNull();
  }

  @Test
  void smaller_numbers_widen() {
    assertThat(ColumnCodec.of(CqlType.BIGINT).encode(7)).isEqualTo(bytes(0, 0, 0, 0, 0, 0, 0, 7));
    assertThat(ColumnCodec.of(CqlType.COUNTER).encode((short) -1))
        .isEqualTo(bytes(-1, -1, -1, -1, -1, -1, -1, -1));
    assertThat(ColumnCodec.of(CqlType.INT).encode((byte) 7)).isEqualTo(bytes(0, 0, 0, 7));
    assertThat(ColumnCodec.of(CqlType.SMALLINT).encode((byte) -7)).isEqualTo(bytes(-1, -7));
    assertThat(ColumnCodec.of(CqlType.VARINT).encode(300)).isEqualTo(bytes(1, 44));
    assertThat(ColumnCodec.of(CqlType.DOUBLE).encode(1.5f))
        .isEqualTo(ColumnCodec.of(CqlType.DOUBLE).encode(1.5));
    assertThat(ColumnCodec.of(CqlType.vector(CqlType.FLOAT, 2)).encode(List.of(1f, 2f)))
        .isEqualTo(ColumnCodec.of(CqlType.vector(CqlType.FLOAT, 2)).encode(Vector.of(1, 2)));
  }

  @Test
  void what_does_not_fit_is_refused() {
    refused(CqlType.INT, 7L, "a value of java.lang.Long does not fit int");
    refused(CqlType.BIGINT, 7.0, "a value of java.lang.Double does not fit bigint");
    refused(CqlType.FLOAT, 7.0, "a value of java.lang.Double does not fit float");
    refused(CqlType.VARINT, "7", "a value of java.lang.String does not fit varint");
    refused(CqlType.TEXT, 7, "a value of java.lang.Integer does not fit text");
    refused(CqlType.ASCII, "é", "a text with other characters than ASCII does not fit ascii");
    refused(CqlType.TEXT, "a\uD800b", "a text with half of a surrogate pair does not fit text");
    refused(CqlType.TEXT, "\uDC00\uD800", "a text with half of a surrogate pair does not fit text");
    refused(
        CqlType.TIMEUUID,
        new UUID(0x4000, 0),
        "a UUID of version 4 does not fit timeuuid (version 1)");
    refused(
        CqlType.DATE,
        java.time.LocalDate.MAX,
        "+999999999-12-31 is beyond the days that date holds");
    refused(CqlType.list(CqlType.INT), Map.of(), "a value of " + Map.of().getClass().getName());
    refused(
        CqlType.list(CqlType.INT), Arrays.asList(1, null), "a null element does not fit list<int>");
    refused(CqlType.set(CqlType.INT), List.of("1"), "a value of java.lang.String does not fit int");
    refused(
        CqlType.vector(CqlType.FLOAT, 3),
        Vector.of(1, 2),
        "a vector of 2 elements does not fit vector<float, 3>");
    refused(
        CqlType.vector(CqlType.INT, 3),
        List.of(1, 2),
        "a list of 2 elements does not fit vector<int, 3>");
    refused(
        CqlTypes.POINT,
        Row.withSchema(Schema.builder().addDoubleField("z").build()).addValue(1.0).build(),
        "a row with the field z does not fit point");
    refused(
        CqlType.tuple(CqlType.INT, CqlType.INT),
        Row.withSchema(Schema.builder().addInt32Field("0").build()).addValue(1).build(),
        "a row of 1 fields does not fit tuple<int, int>");
  }

  @Test
  void a_row_may_have_some_of_a_user_types_fields_in_any_order() {
    Schema turned = Schema.builder().addInt32Field("Y Axis").addDoubleField("x").build();
    Schema some = Schema.builder().addInt32Field("Y Axis").build();
    ColumnCodec codec = ColumnCodec.of(CqlTypes.POINT);
    Schema own = CqlTypes.POINT.fieldType().getRowSchema();
    assertThat(codec.decode(codec.encode(Row.withSchema(turned).addValues(3, 1.5).build())))
        .isEqualTo(Row.withSchema(own).addValues(1.5, 3).build());
    assertThat(codec.decode(codec.encode(Row.withSchema(some).addValues(3).build())))
        .isEqualTo(Row.withSchema(own).addValues(null, 3).build());
  }

  @Test
  void no_bytes_are_null_where_the_type_has_no_such_value() {
    ByteBuffer none = ByteBuffer.allocate(0);
    for (CqlType type : CqlTypes.natives()) {
      Object expected =
          switch ((CqlType.Native) type) {
            case ASCII, TEXT -> "";
            case BLOB -> none;
            default -> "null";
          };
      Object value = ColumnCodec.of(type).decode(none);
      assertThat(value == null ? "null" : CanonicalValues.of(value))
          .as(type.cql())
          .isEqualTo(expected);
    }
  }

  @Test
  void a_tuple_that_ends_early_reads_null_and_one_that_goes_on_is_cut() {
    CqlType two = CqlType.tuple(CqlType.INT, CqlType.INT);
    CqlType three = CqlType.tuple(CqlType.INT, CqlType.INT, CqlType.INT);
    Row short2 = Row.withSchema(two.fieldType().getRowSchema()).addValues(1, 2).build();
    Row long3 = Row.withSchema(three.fieldType().getRowSchema()).addValues(1, 2, 3).build();
    assertThat(ColumnCodec.of(three).decode(ColumnCodec.of(two).encode(short2)))
        .isEqualTo(Row.withSchema(three.fieldType().getRowSchema()).addValues(1, 2, null).build());
    assertThat(ColumnCodec.of(two).decode(ColumnCodec.of(three).encode(long3))).isEqualTo(short2);
  }

  private static void refused(CqlType type, Object value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnCodec.of(type).encode(value))
        .withMessageStartingWith(message);
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static ByteBuffer offHeap(ByteBuffer bytes) {
    return ByteBuffer.allocateDirect(bytes.remaining() + 3)
        .position(3)
        .put(bytes.duplicate())
        .position(3);
  }

  /** The driver's own value of the same meaning. */
  private static Object toDriver(CqlType type, DataType driverType, Object value) {
    if (value == null) {
      return null;
    } else if (value instanceof Instant instant) {
      return java.time.Instant.ofEpochMilli(instant.getMillis());
    } else if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    } else if (value instanceof CalendarDuration d) {
      return CqlDuration.newInstance(d.months(), d.days(), d.nanos());
    } else if (value instanceof Vector vector) {
      List<Float> floats = new ArrayList<>();
      for (float each : vector.toArray()) {
        floats.add(each);
      }
      return CqlVector.newInstance(floats);
    } else if (type instanceof CqlType.ListOf list) {
      return each(list.element(), value);
    } else if (type instanceof CqlType.SetOf set) {
      return new LinkedHashSet<>(each(set.element(), value));
    } else if (type instanceof CqlType.VectorOf vector) {
      return CqlVector.newInstance(each(vector.element(), value));
    } else if (type instanceof CqlType.MapOf map) {
      Map<Object, Object> converted = new LinkedHashMap<>();
      ((Map<?, ?>) value)
          .forEach(
              (k, v) ->
                  converted.put(toDriver(map.key(), null, k), toDriver(map.value(), null, v)));
      return converted;
    } else if (type instanceof CqlType.TupleOf tuple) {
      Row row = (Row) value;
      var converted =
          ((com.datastax.oss.driver.api.core.type.TupleType) DriverTypes.toDriver(type, "ks"))
              .newValue();
      for (int i = 0; i < tuple.elements().size(); i++) {
        CqlType each = tuple.elements().get(i);
        converted = set(converted, i, each, row.getValue(i));
      }
      return converted;
    } else if (type instanceof CqlType.UserType user) {
      Row row = (Row) value;
      var converted =
          ((com.datastax.oss.driver.api.core.type.UserDefinedType) DriverTypes.toDriver(type, "ks"))
              .newValue();
      for (int i = 0; i < user.fields().size(); i++) {
        converted = set(converted, i, user.fields().get(i).type(), row.getValue(i));
      }
      return converted;
    }
    return value;
  }

  private static <T extends com.datastax.oss.driver.api.core.data.SettableByIndex<T>> T set(
      T into, int i, CqlType type, Object value) {
    TypeCodec<Object> codec = CodecRegistry.DEFAULT.codecFor(DriverTypes.toDriver(type, "ks"));
    return into.setBytesUnsafe(
        i, codec.encode(toDriver(type, null, value), ProtocolVersion.DEFAULT));
  }

  private static List<Object> each(CqlType type, Object values) {
    List<Object> converted = new ArrayList<>();
    ((Iterable<?>) values).forEach(value -> converted.add(toDriver(type, null, value)));
    return converted;
  }

  @Test
  void variable_lengths_fold_small_numbers_into_few_bytes() {
    for (long value : new long[] {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1}) {
      ByteBuffer out = ByteBuffer.allocate(9);
      VariableLengths.writeUnsigned(value, out);
      assertThat(out.position()).isEqualTo(VariableLengths.size(value));
      assertThat(VariableLengths.readUnsigned(out.flip())).isEqualTo(value);
      assertThat(VariableLengths.unfold(VariableLengths.fold(value))).isEqualTo(value);
    }
    assertThat(BigInteger.valueOf(VariableLengths.fold(-64))).isEqualTo(BigInteger.valueOf(127));
  }
}
