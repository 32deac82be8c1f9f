package org.pharos.pipelines.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serializable;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * JSON objects as rows of a table: a column's cell is the member of its name, or of its name in any
 * case if the column is in lower case; a member that is missing or null is a null cell, and one
 * without a column is left out. Values have the forms that Cassandra's own {@code INSERT JSON}
 * takes: numbers also as text, blobs as {@code 0x...}, dates, times and timestamps in ISO-8601,
 * timestamps also as milliseconds since 1970, maps and user types as objects, other collections as
 * arrays. Decimals keep their scale.
 */
public final class JsonRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build()
          .reader();

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
   * Parses an object, its members found by their names and by these in lower case, so that more can
   * be added to it before it becomes a row.
   *
   * @throws IllegalArgumentException if the text is no JSON object; the message holds it
   */
  public static ObjectNode object(String json) {
    try {
      return requireObject(JSON.readTree(json));
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON object: " + json, e);
    }
  }

  /**
   * Parses an object in UTF-8, as {@link #object(String)} does.
   *
   * @throws IOException if the bytes are no JSON object; the message holds part of them
   */
  public static ObjectNode object(byte[] json) throws IOException {
    return requireObject(JSON.readTree(json));
  }

  private static ObjectNode requireObject(JsonNode json) throws IOException {
    if (json instanceof ObjectNode object) {
      return inAnyCase(object);
    }
    throw new IOException("no JSON object");
  }

  /**
   * An object whose members are found by their names and by these in lower case: this one, if all
   * of them are in lower case already.
   */
  public static ObjectNode inAnyCase(ObjectNode object) {
    if (object.properties().stream().allMatch(member -> isLowerCase(member.getKey()))) {
      return object;
    }
    ObjectNode found = object.objectNode();
    object
        .properties()
        .forEach(
            member -> {
              found.set(member.getKey(), member.getValue());
              found.set(member.getKey().toLowerCase(Locale.ROOT), member.getValue());
            });
    return found;
  }

  private static boolean isLowerCase(String name) {
    return name.toLowerCase(Locale.ROOT).equals(name);
  }

  /**
   * The row of an object.
   *
   * @throws IllegalArgumentException if a member does not fit its column, naming both
   */
  public Row row(ObjectNode object) {
    return Row.withSchema(schema).attachValues(cells(object));
  }

  /**
   * The cells of an object in the order of the schema's fields; the list may be changed.
   *
   * @throws IllegalArgumentException if a member does not fit its column, naming both
   */
  public List<@Nullable Object> cells(ObjectNode object) {
    List<@Nullable Object> cells = new ArrayList<>(columns.size() + 1);
    for (Column column : columns) {
      JsonNode member = object.get(column.name());
      cells.add(member == null || member.isNull() ? null : cell(member, column));
    }
    return cells;
  }

  private static Object cell(JsonNode member, Column column) {
    try {
      Object cell = JsonCells.cell(member, column.type());
      if (cell != null) {
        return cell;
      }
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw mismatch(member, column, e);
    }
    throw mismatch(member, column, null);
  }

  private static IllegalArgumentException mismatch(
      JsonNode member, Column column, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "a JSON "
            + member.getNodeType().name().toLowerCase(Locale.ROOT)
            + " that does not fit column "
            + column.name()
            + " "
            + column.type().cql(),
        cause);
  }
}
