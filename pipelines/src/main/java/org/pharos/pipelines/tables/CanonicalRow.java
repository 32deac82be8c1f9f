package org.pharos.pipelines.tables;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * One text for one row: its cells in the order of their names, each as its name, the length of its
 * text and its text, so that no two different rows share a text. A null cell is left out.
 *
 * <p>Numbers are written in decimal, a decimal with all the digits of its scale; texts as they are;
 * instants in ISO-8601 with milliseconds; dates and times in ISO-8601; bytes in hexadecimal;
 * collections and maps as the texts of their members, those of sets and maps sorted. Whoever knows
 * the source of the data can write the same text without Beam and without this library's codecs:
 * {@link #add} takes texts.
 */
public final class CanonicalRow {
  private final TreeMap<String, String> cells = new TreeMap<>();

  /** Adds a cell that has a text already; null adds nothing. */
  @CanIgnoreReturnValue
  public CanonicalRow add(String column, @Nullable String text) {
    if (text != null) {
      cells.put(column, text);
    }
    return this;
  }

  /** The row's text. */
  public String text() {
    StringBuilder out = new StringBuilder(256);
    cells.forEach(
        (column, text) ->
            out.append(column).append('=').append(text.length()).append(':').append(text));
    return out.toString();
  }

  /** The text of a row as the doors give it. */
  public static String of(Row row) {
    CanonicalRow cells = new CanonicalRow();
    Schema schema = row.getSchema();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      Object value = row.getValue(i);
      if (value != null) {
        cells.add(schema.getField(i).getName(), text(value, schema.getField(i).getType()));
      }
    }
    return cells.text();
  }

  /** The text of a list of texts, as {@link #of} writes it. */
  public static String list(List<String> members) {
    StringBuilder out = new StringBuilder("[");
    for (String member : members) {
      out.append(member.length()).append(':').append(member);
    }
    return out.append(']').toString();
  }

  private static String text(Object value, Schema.FieldType type) {
    if (value instanceof Row row) {
      return of(row);
    }
    if (value instanceof Map<?, ?> map) {
      return list(members(map, type));
    }
    if (value instanceof Collection<?> collection) {
      return list(members(collection, type));
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return HexFormat.of().formatHex(copy);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.scale() < 0 ? decimal.toString() : decimal.toPlainString();
    }
    return value.toString();
  }

  private static List<String> members(Collection<?> collection, Schema.FieldType type) {
    Schema.FieldType element = Objects.requireNonNull(type.getCollectionElementType());
    List<String> members = new ArrayList<>();
    for (Object member : collection) {
      members.add(text(member, element));
    }
    if (type.getTypeName() == Schema.TypeName.ITERABLE) {
      members.sort(null);
    }
    return members;
  }

  private static List<String> members(Map<?, ?> map, Schema.FieldType type) {
    Schema.FieldType key = Objects.requireNonNull(type.getMapKeyType());
    Schema.FieldType value = Objects.requireNonNull(type.getMapValueType());
    List<String> members = new ArrayList<>();
    map.forEach((k, v) -> members.add(list(List.of(text(k, key), text(v, value)))));
    members.sort(null);
    return members;
  }
}
