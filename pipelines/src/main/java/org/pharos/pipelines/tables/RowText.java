package org.pharos.pipelines.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects for people to read: numbers, truths, lists and objects as such, all else as
 * text. What JSON has no type for does not come back as it was.
 */
public final class RowText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RowText() {}

  /** The object of a row, without its null cells. */
  public static ObjectNode of(Row row) {
    ObjectNode object = JSON.objectNode();
    Schema schema = row.getSchema();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      Object value = row.getValue(i);
      if (value != null) {
        object.set(schema.getField(i).getName(), node(value));
      }
    }
    return object;
  }

  private static JsonNode node(@Nullable Object value) {
    if (value == null) {
      return JSON.nullNode();
    }
    if (value instanceof Row row) {
      return of(row);
    }
    if (value instanceof Collection<?> members) {
      ArrayNode array = JSON.arrayNode();
      members.forEach(member -> array.add(node(member)));
      return array;
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      map.forEach((key, member) -> object.set(String.valueOf(key), node(member)));
      return object;
    }
    if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Float number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Number number) {
      return JSON.numberNode(new BigDecimal(number.toString()));
    }
    if (value instanceof byte[] bytes) {
      return JSON.textNode(HexFormat.of().formatHex(bytes));
    }
    return JSON.textNode(value.toString());
  }
}
