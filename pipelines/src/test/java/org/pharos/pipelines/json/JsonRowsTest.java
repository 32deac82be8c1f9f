package org.pharos.pipelines.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.schemas.CqlType.UserType.field;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.schemas.Vector;

class JsonRowsTest {
  private static final UUID TIME_UUID = UUID.fromString("50554d6e-29bb-11e5-b345-feff819cdc9f");

  private static @Nullable Object cell(CqlType type, String json) {
    Table table = Table.named("k", "t").partitionKey("k", CqlType.INT).column("c", type).build();
    Row row = JsonRows.of(table, List.of("c")).row(JsonRows.object("{\"c\": " + json + "}"));
    return row.getValue(0);
  }

  static Stream<Arguments> forms() throws IOException {
    return Stream.of(
        Arguments.of(CqlType.TEXT, "\"ä\"", "ä"),
        Arguments.of(CqlType.ASCII, "\"a\"", "a"),
        Arguments.of(CqlType.BIGINT, "-9223372036854775808", Long.MIN_VALUE),
        Arguments.of(CqlType.BIGINT, "\"12\"", 12L),
        Arguments.of(CqlType.INT, "2147483647", Integer.MAX_VALUE),
        Arguments.of(CqlType.SMALLINT, "-32768", Short.MIN_VALUE),
        Arguments.of(CqlType.TINYINT, "127", Byte.MAX_VALUE),
        Arguments.of(
            CqlType.VARINT, "99999999999999999999", new BigInteger("99999999999999999999")),
        Arguments.of(CqlType.DECIMAL, "1.500", new BigDecimal("1.500")),
        Arguments.of(CqlType.DECIMAL, "\"1E+3\"", new BigDecimal("1E+3")),
        Arguments.of(CqlType.DOUBLE, "0.1", 0.1),
        Arguments.of(CqlType.DOUBLE, "\"NaN\"", Double.NaN),
        Arguments.of(CqlType.FLOAT, "1", 1f),
        Arguments.of(CqlType.BOOLEAN, "true", true),
        Arguments.of(CqlType.BOOLEAN, "\"false\"", false),
        Arguments.of(CqlType.BLOB, "\"0x00ff\"", new byte[] {0, -1}),
        Arguments.of(CqlType.DATE, "\"2026-03-14\"", LocalDate.of(2026, 3, 14)),
        Arguments.of(CqlType.TIME, "\"09:26:53.589793238\"", LocalTime.of(9, 26, 53, 589793238)),
        Arguments.of(CqlType.TIMESTAMP, "\"1970-01-01T00:00:01.5Z\"", new Instant(1500)),
        Arguments.of(CqlType.TIMESTAMP, "\"1970-01-01T01:00:00+01:00\"", new Instant(0)),
        Arguments.of(CqlType.TIMESTAMP, "-1", new Instant(-1)),
        Arguments.of(
            CqlType.DURATION,
            "\"P1Y2M3DT4H0.000000005S\"",
            new CalendarDuration(14, 3, 4 * 3_600_000_000_000L + 5)),
        Arguments.of(CqlType.DURATION, "\"-PT1S\"", new CalendarDuration(0, 0, -1_000_000_000)),
        Arguments.of(CqlType.DURATION, "\"P2W\"", new CalendarDuration(0, 14, 0)),
        Arguments.of(CqlType.UUID, "\"" + new UUID(1, 2) + "\"", new UUID(1, 2)),
        Arguments.of(CqlType.TIMEUUID, "\"" + TIME_UUID + "\"", TIME_UUID),
        Arguments.of(CqlType.INET, "\"10.0.0.1\"", InetAddress.getByName("10.0.0.1")),
        Arguments.of(CqlType.INET, "\"::1\"", InetAddress.getByName("::1")),
        Arguments.of(CqlType.list(CqlType.INT), "[1, 1]", List.of(1, 1)),
        Arguments.of(CqlType.set(CqlType.TEXT), "[\"a\"]", List.of("a")),
        Arguments.of(CqlType.map(CqlType.INT, CqlType.TEXT), "{\"1\": \"a\"}", Map.of(1, "a")),
        Arguments.of(CqlType.vector(CqlType.FLOAT, 2), "[0.5, -1]", Vector.of(0.5f, -1f)),
        Arguments.of(CqlType.vector(CqlType.INT, 2), "[5, 6]", List.of(5, 6)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void each_type_has_its_form(CqlType type, String json, Object value) {
    assertThat(cell(type, json)).isEqualTo(value);
  }

  @Test
  void tuples_are_arrays_and_user_types_objects() {
    CqlType.TupleOf tuple = CqlType.tuple(CqlType.INT, CqlType.TEXT);
    CqlType.UserType user =
        CqlType.userType("address", field("street", CqlType.TEXT), field("zip", CqlType.INT));

    assertThat(((Row) cell(tuple, "[1, null]")).getValues()).containsExactly(1, null);
    assertThat(((Row) cell(user, "{\"zip\": 7, \"more\": 1}")).getValues())
        .containsExactly(null, 7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INT | 2147483648",
        "INT | 1.0",
        "INT | \"x\"",
        "BIGINT | true",
        "TINYINT | 128",
        "TEXT | 1",
        "BOOLEAN | 1",
        "BLOB | \"00\"",
        "BLOB | \"0x0\"",
        "DATE | \"14.3.2026\"",
        "TIMESTAMP | \"2026-03-14\"",
        "TIMESTAMP | 1.5",
        "DURATION | \"1 day\"",
        "DURATION | \"P1M-1D\"",
        "UUID | \"1\"",
        "TIMEUUID | \"00000000-0000-4000-8000-000000000002\"",
        "INET | \"localhost\"",
        "INET | \"300.1.1.1\"",
        "DOUBLE | []"
      })
  void what_does_not_fit_is_refused(String type, String json) {
    assertThatThrownBy(() -> cell(CqlType.Native.valueOf(type), json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that does not fit column c " + CqlType.Native.valueOf(type).cql());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, null]", "[1, \"a\"]", "{\"a\": 1}", "1"})
  void elements_are_never_null_or_of_another_type(String json) {
    assertThatThrownBy(() -> cell(CqlType.list(CqlType.INT), json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("that does not fit column c list<int>");
  }

  @Test
  void a_vector_has_its_dimension() {
    assertThatThrownBy(() -> cell(CqlType.vector(CqlType.FLOAT, 2), "[1]"))
        .hasMessage("a JSON array that does not fit column c vector<float, 2>")
        .hasRootCauseMessage("1 elements instead of 2");
  }

  @Test
  void members_are_found_by_name_and_in_lower_case() {
    Table table =
        Table.named("k", "t")
            .partitionKey("id", CqlType.INT)
            .column("Mixed", CqlType.INT)
            .column("missing", CqlType.INT)
            .build();

    assertThat(
            JsonRows.of(table).row(JsonRows.object("{\"ID\":1,\"Mixed\":2,\"x\":3}")).getValues())
        .containsExactly(1, 2, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "1", "[]", "{", "{} {}", "{\"a\":1}x"})
  void what_is_no_object_is_refused(String json) {
    assertThatThrownBy(() -> JsonRows.object(json)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonRows.object(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class);
  }
}
