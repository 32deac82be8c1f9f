package org.pharos.pipelines.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CalendarDuration;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Vector;

/**
 * JSON values as Beam values of column types, in the forms that Cassandra's own {@code INSERT JSON}
 * takes: numbers also as text, blobs as {@code 0x...}, dates, times and timestamps in ISO-8601,
 * timestamps also as milliseconds, uuids and addresses as text, lists, sets, tuples and vectors as
 * arrays, maps and user types as objects. Durations are ISO-8601 ({@code P1M2DT3H}).
 */
final class JsonCells {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private JsonCells() {}

  /**
   * The value of a type.
   *
   * @param json not null
   * @return null if it is of a kind that does not fit
   * @throws IllegalArgumentException or DateTimeException if its content does not fit
   */
  static @Nullable Object cell(JsonNode json, CqlType type) {
    if (type instanceof CqlType.Native simple) {
      return simple(json, simple);
    } else if (type instanceof CqlType.ListOf list) {
      return json.isArray() ? elements(json, list.element()) : null;
    } else if (type instanceof CqlType.SetOf set) {
      return json.isArray() ? elements(json, set.element()) : null;
    } else if (type instanceof CqlType.MapOf map) {
      return json.isObject() ? map(json, map) : null;
    } else if (type instanceof CqlType.TupleOf tuple) {
      return json.isArray() ? tuple(json, tuple) : null;
    } else if (type instanceof CqlType.UserType user) {
      return json.isObject() ? user(json, user) : null;
    } else if (type instanceof CqlType.VectorOf vector) {
      return json.isArray() ? vector(json, vector) : null;
    }
    return null;
  }

  private static @Nullable Object simple(JsonNode json, CqlType.Native type) {
    return switch (type) {
      case TEXT, ASCII -> json.isTextual() ? json.textValue() : null;
      case BIGINT, COUNTER -> whole(json, LONG_MIN, LONG_MAX, Long::valueOf);
      case INT -> small(json, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
      case SMALLINT -> small(json, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
      case TINYINT -> small(json, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
      case VARINT -> integer(json);
      case DECIMAL -> decimal(json);
      case DOUBLE -> floating(json);
      case FLOAT -> {
        Double number = floating(json);
        yield number == null ? null : number.floatValue();
      }
      case BOOLEAN -> truth(json);
      case BLOB -> bytes(json);
      case DATE -> json.isTextual() ? LocalDate.parse(json.textValue()) : null;
      case TIME -> json.isTextual() ? LocalTime.parse(json.textValue()) : null;
      case TIMESTAMP -> timestamp(json);
      case DURATION -> json.isTextual() ? duration(json.textValue()) : null;
      case UUID -> json.isTextual() ? UUID.fromString(json.textValue()) : null;
      case TIMEUUID -> {
        UUID uuid = json.isTextual() ? UUID.fromString(json.textValue()) : null;
        yield uuid != null && uuid.version() == 1 ? uuid : null;
      }
      case INET -> json.isTextual() ? address(json.textValue()) : null;
    };
  }

  private interface FromText<T> {
    T parse(String text);
  }

  private interface FromLong<T> {
    T narrow(Long number);
  }

  private static <T> @Nullable T whole(
      JsonNode json, BigInteger least, BigInteger most, FromText<T> parse) {
    BigInteger number = integer(json);
    return number == null || number.compareTo(least) < 0 || number.compareTo(most) > 0
        ? null
        : parse.parse(number.toString());
  }

  private static <T> @Nullable T small(JsonNode json, long least, long most, FromLong<T> narrow) {
    Long number = whole(json, BigInteger.valueOf(least), BigInteger.valueOf(most), Long::valueOf);
    return number == null ? null : narrow.narrow(number);
  }

  private static @Nullable BigInteger integer(JsonNode json) {
    if (json.isIntegralNumber()) {
      return json.bigIntegerValue();
    }
    return json.isTextual() ? new BigInteger(json.textValue()) : null;
  }

  private static @Nullable BigDecimal decimal(JsonNode json) {
    if (json.isNumber()) {
      return json.decimalValue();
    }
    return json.isTextual() ? new BigDecimal(json.textValue()) : null;
  }

  private static @Nullable Double floating(JsonNode json) {
    if (json.isNumber()) {
      return json.doubleValue();
    }
    return json.isTextual() ? Double.valueOf(json.textValue()) : null;
  }

  private static @Nullable Boolean truth(JsonNode json) {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    String text = json.textValue();
    return ("true".equals(text) || "false".equals(text)) ? Boolean.valueOf(text) : null;
  }

  private static byte @Nullable [] bytes(JsonNode json) {
    if (json.isBinary()) {
      try {
        return json.binaryValue();
      } catch (IOException e) {
        throw new IllegalArgumentException(e);
      }
    }
    String text = json.textValue();
    return text != null && text.startsWith("0x")
        ? HexFormat.of().parseHex(text.substring(2))
        : null;
  }

  private static @Nullable Instant timestamp(JsonNode json) {
    if (json.isTextual()) {
      return Instant.ofEpochMilli(
          OffsetDateTime.parse(json.textValue()).toInstant().toEpochMilli());
    }
    return json.isIntegralNumber() && json.canConvertToLong()
        ? Instant.ofEpochMilli(json.longValue())
        : null;
  }

  @SuppressWarnings("JavaPeriodGetDays") // its months are asked for beside them
  private static CalendarDuration duration(String text) {
    int time = text.indexOf('T');
    String day = time < 0 ? text : text.substring(0, time);
    String sign = text.startsWith("-") ? "-" : "";
    boolean noDays = day.length() == sign.length() + 1;
    Period period = noDays ? Period.ZERO : Period.parse(day);
    Duration rest = time < 0 ? Duration.ZERO : Duration.parse(sign + "P" + text.substring(time));
    return new CalendarDuration(
        Math.toIntExact(period.toTotalMonths()), period.getDays(), rest.toNanos());
  }

  /** Addresses only: a name would be looked up. */
  private static @Nullable InetAddress address(String text) {
    try {
      return ADDRESS.matcher(text).matches() ? InetAddress.getByName(text) : null;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address", e);
    }
  }

  private static List<Object> elements(JsonNode array, CqlType type) {
    List<Object> elements = new ArrayList<>(array.size());
    array.forEach(element -> elements.add(required(element, type)));
    return elements;
  }

  private static Map<Object, Object> map(JsonNode object, CqlType.MapOf type) {
    Map<Object, Object> map = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member ->
                map.put(
                    required(TextNode.valueOf(member.getKey()), type.key()),
                    required(member.getValue(), type.value())));
    return map;
  }

  private static Row tuple(JsonNode array, CqlType.TupleOf type) {
    requireSize(array, type.elements().size());
    List<@Nullable Object> values = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      values.add(optional(array.get(i), type.elements().get(i)));
    }
    return row(type, values);
  }

  private static Row user(JsonNode object, CqlType.UserType type) {
    List<@Nullable Object> values = new ArrayList<>(type.fields().size());
    for (CqlType.UserType.Field field : type.fields()) {
      values.add(optional(object.get(field.name()), field.type()));
    }
    return row(type, values);
  }

  private static Row row(CqlType type, List<@Nullable Object> values) {
    Schema schema = type.fieldType().getRowSchema();
    if (schema == null) {
      throw new IllegalStateException(type + " is no row");
    }
    return Row.withSchema(schema).attachValues(values);
  }

  private static Object vector(JsonNode array, CqlType.VectorOf type) {
    requireSize(array, type.dimension());
    List<Object> elements = elements(array, type.element());
    if (type.element() != CqlType.FLOAT) {
      return elements;
    }
    float[] floats = new float[elements.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (Float) elements.get(i);
    }
    return Vector.of(floats);
  }

  private static void requireSize(JsonNode array, int size) {
    if (array.size() != size) {
      throw new IllegalArgumentException(array.size() + " elements instead of " + size);
    }
  }

  private static Object required(JsonNode json, CqlType type) {
    Object cell = json.isNull() ? null : cell(json, type);
    if (cell == null) {
      throw new IllegalArgumentException("an element is no " + type.cql());
    }
    return cell;
  }

  private static @Nullable Object optional(@Nullable JsonNode json, CqlType type) {
    return json == null || json.isNull() ? null : required(json, type);
  }
}
