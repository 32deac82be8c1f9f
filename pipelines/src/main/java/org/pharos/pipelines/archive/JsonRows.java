package org.pharos.pipelines.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * JSON objects as rows of a table: a column's cell is the member of its name, whatever the case of
 * either; a member that is missing or null is a null cell, and one without a column is left out.
 * Knows text, numbers, booleans, dates and timestamps (ISO-8601); decimals keep their scale.
 */
public final class JsonRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .readerFor(ObjectNode.class);

  private final List<Column> columns;
  private final Schema schema;

  private JsonRows(List<Column> columns, Schema schema) {
    this.columns = columns;
    this.schema = schema;
  }

  /** Rows of all columns of a table but its bucket, which whoever writes them fills in. */
  public static JsonRows of(Table table) {
    String bucket = table.bucket().map(b -> b.column()).orElse("");
    return of(
        table,
        table.columns().stream().map(Column::name).filter(name -> !name.equals(bucket)).toList());
  }

  /**
   * Rows of some columns of a table.
   *
   * @throws IllegalArgumentException if one of them is no column of the table
   */
  public static JsonRows of(Table table, List<String> columns) {
    return new JsonRows(columns.stream().map(table::column).toList(), table.rowSchema(columns));
  }

  /** The schema of the rows. */
  public Schema schema() {
    return schema;
  }

  /**
   * Parses an object, its members' names in lower case, so that more can be added to it before it
   * becomes a row.
   *
   * @throws IllegalArgumentException if the text is no JSON object; the message holds it
   */
  public static ObjectNode object(String json) {
    try {
      ObjectNode parsed = JSON.readValue(json);
      ObjectNode lower = parsed.objectNode();
      parsed
          .properties()
          .forEach(m -> lower.set(m.getKey().toLowerCase(Locale.ROOT), m.getValue()));
      return lower;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON object: " + json, e);
    }
  }

  /**
   * The row of an object.
   *
   * @throws IllegalArgumentException if a member does not fit its column, naming both
   */
  public Row row(ObjectNode object) {
    List<@Nullable Object> cells = new ArrayList<>(columns.size());
    for (Column column : columns) {
      JsonNode member = object.get(column.name());
      cells.add(member == null || member.isNull() ? null : cell(member, column));
    }
    return Row.withSchema(schema).attachValues(cells);
  }

  private static Object cell(JsonNode member, Column column) {
    if (column.type() instanceof CqlType.Native type) {
      try {
        Object cell = cell(member, type);
        if (cell != null) {
          return cell;
        }
      } catch (DateTimeParseException e) {
        throw mismatch(member, column, e);
      }
    }
    throw mismatch(member, column, null);
  }

  private static @Nullable Object cell(JsonNode member, CqlType.Native type) {
    return switch (type) {
      case TEXT, ASCII -> member.isTextual() ? member.textValue() : null;
      case INT -> member.isInt() ? member.intValue() : null;
      case BIGINT ->
          member.canConvertToLong() && member.isIntegralNumber() ? member.longValue() : null;
      case DECIMAL -> member.isNumber() ? member.decimalValue() : null;
      case DOUBLE -> member.isNumber() ? member.doubleValue() : null;
      case BOOLEAN -> member.isBoolean() ? member.booleanValue() : null;
      case DATE -> member.isTextual() ? LocalDate.parse(member.textValue()) : null;
      case TIMESTAMP ->
          member.isTextual()
              ? Instant.ofEpochMilli(java.time.Instant.parse(member.textValue()).toEpochMilli())
              : null;
      default -> null;
    };
  }

  private static IllegalArgumentException mismatch(
      JsonNode member, Column column, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "the JSON value "
            + member
            + " does not fit column "
            + column.name()
            + " "
            + column.type().cql(),
        cause);
  }
}
