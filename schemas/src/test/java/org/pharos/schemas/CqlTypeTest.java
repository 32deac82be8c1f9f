package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pharos.schemas.CqlType.UserType.field;
import static org.pharos.schemas.CqlType.frozen;
import static org.pharos.schemas.CqlType.list;
import static org.pharos.schemas.CqlType.map;
import static org.pharos.schemas.CqlType.set;
import static org.pharos.schemas.CqlType.tuple;
import static org.pharos.schemas.CqlType.userType;
import static org.pharos.schemas.CqlType.vector;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.apache.beam.model.pipeline.v1.SchemaApi;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.apache.beam.sdk.schemas.SchemaTranslation;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class CqlTypeTest {

  @Test
  void renders_every_native_type_by_its_name() {
    assertThat(CqlType.natives().stream().map(CqlType::cql).collect(Collectors.joining(" ")))
        .isEqualTo(
            "ascii bigint blob boolean counter date decimal double duration float inet int"
                + " smallint text time timestamp timeuuid tinyint uuid varint");
  }

  @Test
  void renders_composite_types_frozen_where_cassandra_freezes_them() {
    CqlType.UserType address =
        userType("Address", field("street", CqlType.TEXT), field("tags", set(CqlType.TEXT)));

    assertThat(list(CqlType.INT).cql()).isEqualTo("list<int>");
    assertThat(frozen(set(CqlType.INT)).cql()).isEqualTo("frozen<set<int>>");
    assertThat(map(CqlType.TEXT, list(CqlType.INT)).cql())
        .isEqualTo("map<text, frozen<list<int>>>");
    assertThat(tuple(CqlType.INT, set(CqlType.TEXT)).cql())
        .isEqualTo("tuple<int, frozen<set<text>>>");
    assertThat(list(tuple(CqlType.INT)).cql()).isEqualTo("list<tuple<int>>");
    assertThat(vector(CqlType.FLOAT, 384).cql()).isEqualTo("vector<float, 384>");
    assertThat(vector(list(CqlType.TEXT), 2).cql()).isEqualTo("vector<frozen<list<text>>, 2>");
    assertThat(address.cql()).isEqualTo("\"Address\"");
    assertThat(list(address).cql()).isEqualTo("list<frozen<\"Address\">>");
    assertThat(address.fields().get(1).type().cql()).isEqualTo("frozen<set<text>>");
  }

  @Test
  void says_which_types_are_one_cell() {
    assertThat(CqlType.natives()).allMatch(type -> type.frozen());
    assertThat(list(CqlType.INT).frozen()).isFalse();
    assertThat(userType("u", field("a", CqlType.INT)).frozen()).isFalse();
    assertThat(tuple(CqlType.INT).frozen()).isTrue();
    assertThat(vector(CqlType.INT, 1).frozen()).isTrue();
  }

  @Test
  void tells_apart_in_beam_what_cassandra_tells_apart() {
    assertThat(CqlType.UUID.fieldType()).isNotEqualTo(CqlType.TIMEUUID.fieldType());
    assertThat(list(CqlType.INT).fieldType().getTypeName()).isEqualTo(TypeName.ARRAY);
    assertThat(set(CqlType.INT).fieldType().getTypeName()).isEqualTo(TypeName.ITERABLE);
    assertThat(vector(CqlType.FLOAT, 2).fieldType())
        .isEqualTo(FieldType.logicalType(Vector.type(2)))
        .isNotEqualTo(FieldType.logicalType(Vector.type(3)));
    assertThat(vector(CqlType.INT, 2).fieldType()).isEqualTo(FieldType.array(FieldType.INT32));
    assertThat(tuple(CqlType.INT, CqlType.TEXT).fieldType())
        .isEqualTo(
            FieldType.row(
                Schema.builder().addNullableInt32Field("0").addNullableStringField("1").build()));
  }

  @Test
  void refuses_what_cassandra_refuses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> list(CqlType.COUNTER))
        .withMessage("a list cannot hold counters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set(tuple(CqlType.DURATION)))
        .withMessage("a duration has no order and cannot be the element of a set: tuple<duration>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vector(CqlType.FLOAT, 8193))
        .withMessage("dimension of a vector is 1 to 8192, not 8193");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> userType("u", field("a", CqlType.INT), field("a", CqlType.TEXT)))
        .withMessage("user type u has the field a twice");
  }

  @Provide
  Arbitrary<Tuple2<CqlType, List<Object>>> typedValues() {
    return CqlValues.types(2)
        .flatMap(
            type ->
                CqlValues.of(type)
                    .map(value -> (Object) value)
                    .list()
                    .ofSize(20)
                    .map(values -> Tuple.of(type, values)));
  }

  @Property(tries = 150)
  void every_value_of_every_type_survives_beams_coder(
      @ForAll("typedValues") Tuple2<CqlType, List<Object>> typed) throws Exception {
    RowCoder coder =
        RowCoder.of(Schema.builder().addField("value", typed.get1().fieldType()).build());

    for (Object value : typed.get2()) {
      Row row = Row.withSchema(coder.getSchema()).addValue(value).build();
      assertThat(CoderUtils.clone(coder, row)).isEqualTo(row).hasSameHashCodeAs(row);
    }
  }

  @Test
  void every_native_type_keeps_its_extremes() throws Exception {
    for (CqlType type : CqlType.natives()) {
      RowCoder coder = RowCoder.of(Schema.builder().addField("value", type.fieldType()).build());
      for (Object value : CqlValues.of(type).list().ofSize(300).sample()) {
        Row row = Row.withSchema(coder.getSchema()).addValue(value).build();
        assertThat(CoderUtils.clone(coder, row)).isEqualTo(row).hasSameHashCodeAs(row);
      }
    }
  }

  @Test
  void a_map_with_blobs_as_keys_keeps_its_entries() throws Exception {
    CqlType type = map(CqlType.BLOB, CqlType.INT);
    RowCoder coder = RowCoder.of(Schema.builder().addField("value", type.fieldType()).build());
    Row row = Row.withSchema(coder.getSchema()).addValue(Map.of(new byte[] {1}, 7)).build();

    Row decoded = CoderUtils.clone(coder, row);

    assertThat(decoded.<byte[], Integer>getMap(0))
        .hasSize(1)
        .allSatisfy(
            (key, value) -> {
              assertThat(key).containsExactly(1);
              assertThat(value).isEqualTo(7);
            });
  }

  @Property(tries = 200)
  void every_schema_survives_java_and_portable_serialization(@ForAll("types") CqlType type) {
    Schema schema = Schema.builder().addField("value", type.fieldType()).build();

    SchemaApi.Schema portable = SchemaTranslation.schemaToProto(schema, true);

    assertThat(SchemaTranslation.schemaFromProto(portable)).isEqualTo(schema);
    assertThat(SerializableUtils.clone(type)).isEqualTo(type);
    assertThat(List.of(SerializableUtils.clone(schema))).containsExactly(schema);
  }

  @Provide
  Arbitrary<CqlType> types() {
    return CqlValues.types(2);
  }
}
