package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {

  enum Colour {
    RED,
    GREEN
  }

  record Point(int x, @Nullable Integer y) {}

  @DefaultSchema(RecordSchema.class)
  record Key(String customerId, LocalDate day, Colour colour, Point at) {}

  @DefaultSchema(RecordSchema.class)
  record Everything(
      boolean flag,
      byte tiny,
      short small,
      int plain,
      long big,
      float single,
      double twice,
      Boolean boxedFlag,
      Byte boxedTiny,
      Short boxedSmall,
      Integer boxedPlain,
      Long boxedBig,
      Float boxedSingle,
      Double boxedTwice,
      String text,
      Colour colour,
      UUID uuid,
      BigInteger varint,
      BigDecimal decimal,
      Instant boughtAt,
      LocalDate date,
      LocalTime time,
      CalendarDuration duration,
      InetAddress inet,
      ByteBuffer buffer,
      Vector anyVector,
      @Dimension(2) Vector vector,
      Point point,
      List<String> texts,
      List<Point> points,
      Set<Colour> colours,
      Map<String, List<Point>> pointsByName,
      Map<Colour, @Dimension(2) Vector> vectors) {}

  private static final Everything FULL =
      new Everything(
          true,
          Byte.MIN_VALUE,
          Short.MAX_VALUE,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          Float.NaN,
          -0.0,
          false,
          (byte) 1,
          (short) 2,
          3,
          4L,
          5f,
          6d,
          "é",
          Colour.GREEN,
          new UUID(1, -1),
          BigInteger.TWO.pow(200).negate(),
          new BigDecimal("-1.500"),
          Instant.ofEpochMilli(Long.MIN_VALUE),
          LocalDate.of(-5, 2, 28),
          LocalTime.of(23, 59, 59, 999_999_999),
          new CalendarDuration(1, 2, 3),
          InetAddress.getLoopbackAddress(),
          ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2),
          Vector.of(1, 2, 3),
          Vector.of(4, 5),
          new Point(1, null),
          List.of("a", "b"),
          List.of(new Point(1, 2), new Point(3, null)),
          Set.of(Colour.RED, Colour.GREEN),
          Map.of("p", List.of(new Point(5, 6))),
          Map.of(Colour.RED, Vector.of(7, 8)));

  private static final Everything EMPTY =
      new Everything(
          false, (byte) 0, (short) 0, 0, 0, 0, 0, null, null, null, null, null, null, null, null,
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null);

  private static <T> SchemaCoder<T> coder(Class<T> type) throws NoSuchSchemaException {
    return SchemaRegistry.createDefault().getSchemaCoder(type);
  }

  @Test
  void fields_are_the_components_in_snake_case() throws Exception {
    assertThat(coder(Key.class).getSchema())
        .isEqualTo(
            Schema.builder()
                .addNullableStringField("customer_id")
                .addNullableField("day", FieldType.logicalType(SqlTypes.DATE))
                .addNullableStringField("colour")
                .addNullableRowField(
                    "at", Schema.builder().addInt32Field("x").addNullableInt32Field("y").build())
                .build());
  }

  @Test
  void field_types_are_those_of_the_columns() {
    Schema schema = RecordSchema.of(Everything.class).schema();
    Table table =
        Table.of(Everything.class, "ks", "t")
            .partitionKey("text")
            .column("any_vector", CqlType.vector(CqlType.FLOAT, 3))
            .build();

    for (Column column : table.columns()) {
      FieldType type = schema.getField(column.name()).getType().withNullable(false);
      switch (column.name()) {
        case "any_vector" -> assertThat(type).isEqualTo(FieldType.logicalType(Vector.anyType()));
        // fields of a user type may always be null, those of a record's int cannot
        case "point", "points", "points_by_name" ->
            assertThat(type.getTypeName()).isEqualTo(column.type().fieldType().getTypeName());
        default -> assertThat(type).as(column.name()).isEqualTo(column.type().fieldType());
      }
    }
    assertThat(table.column("points_by_name").type().cql())
        .isEqualTo("map<text, frozen<list<frozen<point>>>>");
    assertThat(table.column("point").type().cql()).isEqualTo("frozen<point>");
    assertThat(table.userTypes())
        .containsExactly(
            CqlType.userType(
                "point",
                CqlType.UserType.field("x", CqlType.INT),
                CqlType.UserType.field("y", CqlType.INT)));
  }

  @Test
  void survives_the_coder_full_and_empty() throws Exception {
    Coder<Everything> coder = SerializableUtils.clone(coder(Everything.class));

    assertThat(CoderUtils.clone(coder, FULL)).isEqualTo(FULL);
    assertThat(CoderUtils.clone(coder, EMPTY)).isEqualTo(EMPTY);
  }

  @Test
  void converts_to_rows_and_back() {
    RecordShape<Everything> shape = RecordSchema.of(Everything.class);

    Row row = shape.toRow(FULL);

    assertThat(row.getString("text")).isEqualTo("é");
    assertThat(row.getString("colour")).isEqualTo("GREEN");
    assertThat(row.getBytes("buffer")).containsExactly(2, 3);
    assertThat(row.getRow("point").getInt32("x")).isEqualTo(1);
    assertThat(row.<Vector>getLogicalTypeValue("vector", Vector.class)).isEqualTo(Vector.of(4, 5));
    assertThat(shape.fromRow(row)).isEqualTo(FULL);
    assertThat(row).isEqualTo(Row.withSchema(shape.schema()).addValues(row.getValues()).build());
  }

  record Bytes(byte[] bytes) {}

  @Test
  void carries_arrays_of_bytes() {
    RecordShape<Bytes> shape = RecordSchema.of(Bytes.class);

    assertThat(shape.fromRow(shape.toRow(new Bytes(new byte[] {1, 2}))).bytes())
        .containsExactly(1, 2);
  }

  @Test
  void is_a_legal_key() throws Exception {
    Coder<Key> coder = coder(Key.class);
    Key key = new Key("c", LocalDate.of(1997, 1, 1), Colour.RED, new Point(1, null));
    Key same = new Key("c", LocalDate.of(1997, 1, 1), Colour.RED, new Point(1, null));

    coder.verifyDeterministic();
    KvCoder.of(coder, VarLongCoder.of()).verifyDeterministic();
    assertThat(coder.structuralValue(key)).isEqualTo(coder.structuralValue(same));
    assertThat(CoderUtils.encodeToByteArray(coder, key))
        .isEqualTo(CoderUtils.encodeToByteArray(coder, same));
    assertThat(CoderUtils.encodeToByteArray(coder, key))
        .isNotEqualTo(
            CoderUtils.encodeToByteArray(coder, new Key("c", key.day(), Colour.GREEN, key.at())));
  }

  record Scored(double score) {}

  record Tagged(Set<String> tags) {}

  @Test
  void is_no_key_where_encodings_may_differ() {
    for (Class<? extends Record> type : List.of(Scored.class, Tagged.class)) {
      assertThatThrownBy(() -> coderOf(type).verifyDeterministic())
          .isInstanceOf(Coder.NonDeterministicException.class);
    }
  }

  private static <R extends Record> SchemaCoder<R> coderOf(Class<R> type) {
    RecordSchema provider = new RecordSchema();
    TypeDescriptor<R> descriptor = TypeDescriptor.of(type);
    return SchemaCoder.of(
        provider.schemaFor(descriptor),
        descriptor,
        provider.toRowFunction(descriptor),
        provider.fromRowFunction(descriptor));
  }

  @Test
  void coders_of_a_record_are_equal_wherever_they_come_from() throws Exception {
    SchemaCoder<Key> coder = coder(Key.class);

    assertThat(coder(Key.class)).isEqualTo(coder).hasSameHashCodeAs(coder);
    assertThat(coderOf(Key.class)).isEqualTo(coder);
    assertThat(SerializableUtils.ensureSerializable(coder)).isEqualTo(coder);
    assertThat(coder(Key.class).getSchema().getUUID()).isEqualTo(coder.getSchema().getUUID());
  }

  @Test
  void reads_a_row_with_other_fields_in_another_order() {
    Schema wider =
        Schema.builder()
            .addNullableInt32Field("y")
            .addStringField("other")
            .addInt32Field("x")
            .build();

    assertThat(
            RecordSchema.of(Point.class)
                .fromRow(Row.withSchema(wider).addValues(2, "?", 1).build()))
        .isEqualTo(new Point(1, 2));
  }

  @Test
  void names_the_component_that_a_row_does_not_fit() {
    RecordShape<Point> shape = RecordSchema.of(Point.class);
    Schema nullable = Schema.builder().addNullableInt32Field("x").addInt32Field("y").build();
    Schema texts = Schema.builder().addInt32Field("x").addStringField("y").build();
    Schema lacking = Schema.builder().addInt32Field("x").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.fromRow(Row.withSchema(nullable).addValues(null, 1).build()))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Point.x is a int and cannot be null: use its box");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.fromRow(Row.withSchema(texts).addValues(1, "2").build()))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Point.y is a java.lang.Integer, but the row's"
                + " value is a java.lang.String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.fromRow(Row.withSchema(lacking).addValue(1).build()))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Point.y needs the field y, but the row has [x]");
  }

  @Test
  void names_the_constant_that_an_enum_lacks() {
    RecordShape<Key> shape = RecordSchema.of(Key.class);
    Row row = Row.withSchema(shape.schema()).addValues("c", null, "BLUE", null).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.fromRow(row))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Key.colour: no Colour is named 'BLUE', only"
                + " [GREEN, RED]");
  }

  record WithObject(Object any) {}

  record WithThread(List<Map<String, Thread>> threads) {}

  record Loop(List<Loop> inner) {}

  record Twins(int aB, int a_b) {}

  record Strict(String text) {
    Strict {
      if (text.isEmpty()) {
        throw new IllegalStateException("no text");
      }
    }
  }

  @Test
  void names_record_and_component_that_cannot_be_mapped() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordSchema.of(WithObject.class))
        .withMessageStartingWith(
            "org.pharos.schemas.RecordSchemaTest$WithObject.any is a java.lang.Object, which no"
                + " column type carries.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordSchema.of(WithThread.class))
        .withMessageStartingWith(
            "org.pharos.schemas.RecordSchemaTest$WithThread.threads is a java.lang.Thread");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordSchema.of(Loop.class))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Loop.inner holds its own record"
                + " org.pharos.schemas.RecordSchemaTest$Loop: a schema has an end");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordSchema.of(Twins.class))
        .withMessage(
            "org.pharos.schemas.RecordSchemaTest$Twins has two components named a_b in snake_case");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordSchema().schemaFor(TypeDescriptor.of(String.class)))
        .withMessage("RecordSchema is for records, and java.lang.String is none");
  }

  @Test
  void lets_the_records_own_checks_speak() {
    RecordShape<Strict> shape = RecordSchema.of(Strict.class);
    Row row = Row.withSchema(shape.schema()).addValue("").build();

    assertThatThrownBy(() -> shape.fromRow(row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no text");
  }

  @Test
  void snake_case_splits_words() {
    assertThat(
            Arrays.stream("id customerId pageURL URLPath x1 ip4Address already_so".split(" "))
                .map(SnakeCase::of))
        .containsExactly(
            "id", "customer_id", "page_url", "url_path", "x1", "ip4_address", "already_so");
  }
}
