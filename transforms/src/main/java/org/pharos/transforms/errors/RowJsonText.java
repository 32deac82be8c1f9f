package org.pharos.transforms.errors;

import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row as JSON for people. Beam's own RowJson refuses logical types, and a bad record has any
 * type; what JSON has no form for is written as text, bytes in base 64.
 */
final class RowJsonText {
  private RowJsonText() {}

  static String of(Row row) {
    StringJoiner json = new StringJoiner(",", "{", "}");
    for (int i = 0; i < row.getFieldCount(); i++) {
      json.add(quoted(row.getSchema().getField(i).getName()) + ":" + value(row.getValue(i)));
    }
    return json.toString();
  }

  private static String value(@Nullable Object value) {
    if (value == null || value instanceof Boolean) {
      return String.valueOf(value);
    } else if (value instanceof Number number) {
      return finite(number) ? number.toString() : quoted(number.toString());
    } else if (value instanceof Row row) {
      return of(row);
    } else if (value instanceof byte[] bytes) {
      return quoted(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Map<?, ?> map) {
      StringJoiner json = new StringJoiner(",", "{", "}");
      map.forEach((key, entry) -> json.add(quoted(String.valueOf(key)) + ":" + value(entry)));
      return json.toString();
    } else if (value instanceof Iterable<?> values) {
      StringJoiner json = new StringJoiner(",", "[", "]");
      values.forEach(each -> json.add(value(each)));
      return json.toString();
    }
    return quoted(value.toString());
  }

  private static boolean finite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
