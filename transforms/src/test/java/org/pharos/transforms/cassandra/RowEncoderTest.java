package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.FixedBytes;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.apache.beam.sdk.schemas.logicaltypes.VariableString;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.Vector;

class RowEncoderTest {

  private static final Table TABLE =
      Table.named("ks", "readings")
          .partitionKey("sensor", CqlType.TEXT)
          .clusteringKey("at", CqlType.TIMESTAMP)
          .column("count", CqlType.BIGINT)
          .column("vector", CqlType.vector(CqlType.FLOAT, 2))
          .bucketedBy(Bucket.byTime("day", "at", Duration.standardDays(1)))
          .build();

  static List<CqlType> types() {
    return java.util.stream.Stream.of(
            CqlType.natives(), CqlTypes.collections(), CqlTypes.nested(), CqlTypes.vectors())
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void a_columns_own_field_type_fits(CqlType type) {
    assertThat(TypeFit.problem(type, type.fieldType())).isNull();
    assertThat(TypeFit.problem(type, type.fieldType().withNullable(true))).isNull();
    assertThat(TypeFit.problem(type, FieldType.row(Schema.builder().build())))
        .isEqualTo(type instanceof CqlType.UserType ? null : problemWithEmptyRow(type));
  }

  private static String problemWithEmptyRow(CqlType type) {
    return type.cql() + " takes " + TypeFit.describe(type.fieldType()) + ", not ROW[]";
  }

  @Test
  void what_widens_without_loss_fits_and_nothing_else() {
    fits(FieldType.BYTE, CqlType.SMALLINT, CqlType.INT, CqlType.BIGINT, CqlType.VARINT);
    fits(FieldType.INT32, CqlType.INT, CqlType.BIGINT, CqlType.COUNTER, CqlType.VARINT);
    fits(FieldType.FLOAT, CqlType.FLOAT, CqlType.DOUBLE);
    fits(FieldType.logicalType(new UuidLogicalType()), CqlType.UUID, CqlType.TIMEUUID);
    fits(FieldType.logicalType(VariableString.of(10)), CqlType.TEXT, CqlType.ASCII);
    fits(FieldType.logicalType(FixedBytes.of(10)), CqlType.BLOB);
    fits(
        FieldType.array(FieldType.FLOAT),
        CqlType.list(CqlType.DOUBLE),
        CqlType.set(CqlType.FLOAT),
        CqlType.vector(CqlType.FLOAT, 9));
    fits(FieldType.iterable(FieldType.INT16), CqlType.list(CqlType.INT), CqlType.set(CqlType.INT));
    fits(FieldType.logicalType(Vector.anyType()), CqlType.vector(CqlType.FLOAT, 9));
    fits(
        FieldType.map(FieldType.STRING, FieldType.INT32),
        CqlType.map(CqlType.TEXT, CqlType.BIGINT));

    refused(FieldType.INT64, CqlType.INT, CqlType.DOUBLE, CqlType.TIMESTAMP, CqlType.DECIMAL);
    refused(FieldType.DOUBLE, CqlType.FLOAT, CqlType.DECIMAL);
    refused(FieldType.DECIMAL, CqlType.VARINT, CqlType.DOUBLE);
    refused(FieldType.STRING, CqlType.UUID, CqlType.INET, CqlType.BLOB, CqlType.list(CqlType.TEXT));
    refused(FieldType.DATETIME, CqlType.DATE, CqlType.TIME, CqlType.BIGINT);
    refused(FieldType.iterable(FieldType.FLOAT), CqlType.vector(CqlType.FLOAT, 9));
    refused(
        FieldType.logicalType(Vector.type(8)),
        CqlType.vector(CqlType.FLOAT, 9),
        CqlType.vector(CqlType.DOUBLE, 8));
  }

  @Test
  void every_mismatch_is_told_at_once() {
    Schema input =
        Schema.builder()
            .addInt64Field("sensor")
            .addStringField("at")
            .addInt32Field("count")
            .addStringField("else")
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowEncoder.checkFits(TABLE, input))
        .withMessage(
            "the input does not fit ks.readings: column sensor text takes STRING, not INT64; column"
                + " at timestamp takes DATETIME, not STRING; there is no column else, only [sensor,"
                + " day, at, count, vector]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                RowEncoder.of(
                    TABLE, List.of("day", "vector"), Schema.builder().addInt32Field("x").build()))
        .withMessage(
            "the input does not fit ks.readings: bucket day is computed from [at], which the input"
                + " lacks; column vector is not in the input, only [x]");
  }

  @Test
  void bytes_come_in_the_order_asked_for_with_the_bucket_computed() {
    Schema input =
        Schema.builder()
            .addDateTimeField("at")
            .addNullableField("count", FieldType.INT32)
            .addStringField("sensor")
            .build();
    RowEncoder encoder = RowEncoder.of(TABLE, List.of("sensor", "day", "at", "count"), input);
    Instant at = Instant.parse("2026-03-01T12:34:56.789Z");
    assertThat(encoder.columns()).containsExactly("sensor", "day", "at", "count");
    assertThat(encoder.encode(Row.withSchema(input).addValues(at, null, "s").build()))
        .containsExactly(
            ByteBuffer.wrap(new byte[] {'s'}),
            longBytes(Instant.parse("2026-03-01T00:00:00Z").getMillis()),
            longBytes(at.getMillis()),
            null);
    assertThat(encoder.encode(Row.withSchema(input).addValues(at, 7, "s").build())[3])
        .isEqualTo(longBytes(7));
  }

  @Test
  void a_value_that_does_not_fit_names_its_column() {
    Schema input =
        Schema.builder()
            .addNullableField("sensor", FieldType.STRING)
            .addNullableField("vector", FieldType.array(FieldType.FLOAT))
            .build();
    RowEncoder encoder = RowEncoder.of(TABLE, List.of("sensor", "vector"), input);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(Row.withSchema(input).addValues("s", List.of(1f)).build()))
        .withMessage("column vector: a list of 1 elements does not fit vector<float, 2>");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(Row.withSchema(input).addValues(null, null).build()))
        .withMessage("key column sensor is null");
  }

  @Test
  void only_a_table_with_static_columns_takes_a_row_without_clustering_columns() {
    Schema input =
        Schema.builder().addStringField("p").addNullableField("c", FieldType.STRING).build();
    Row row = Row.withSchema(input).addValues("p", null).build();
    Table plain =
        Table.named("ks", "t")
            .partitionKey("p", CqlType.TEXT)
            .clusteringKey("c", CqlType.TEXT)
            .build();
    Table statics =
        Table.named("ks", "t")
            .partitionKey("p", CqlType.TEXT)
            .clusteringKey("c", CqlType.TEXT)
            .staticColumn("s", CqlType.TEXT)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowEncoder.of(plain, List.of("p", "c"), input).encode(row))
        .withMessage("key column c is null");
    assertThatCode(() -> RowEncoder.of(statics, List.of("p", "c"), input).encode(row))
        .doesNotThrowAnyException();
  }

  private static ByteBuffer longBytes(long value) {
    return ByteBuffer.allocate(8).putLong(value).flip();
  }

  private static void fits(FieldType given, CqlType... wanted) {
    for (CqlType each : wanted) {
      assertThat(TypeFit.problem(each, given)).isNull();
    }
  }

  private static void refused(FieldType given, CqlType... wanted) {
    for (CqlType each : wanted) {
      assertThat(TypeFit.problem(each, given)).startsWith(each.cql() + " takes ");
    }
  }
}
