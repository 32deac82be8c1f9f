package org.pharos.pipelines.features;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * A row as a line of CSV (RFC 4180): numbers in decimal, times in ISO-8601, bytes in hexadecimal,
 * the members of a collection between brackets; a null is empty, and an empty text is quoted.
 */
final class CsvLine {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("").setNullString("").get();

  private CsvLine() {}

  static String header(List<String> columns) {
    return FORMAT.format(columns.toArray());
  }

  static String of(Row row) {
    List<@Nullable Object> cells = new ArrayList<>(row.getFieldCount());
    for (int i = 0; i < row.getFieldCount(); i++) {
      Object value = row.getValue(i);
      cells.add(value == null ? null : text(value));
    }
    return FORMAT.format(cells.toArray());
  }

  private static String text(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof Row row) {
      return text(row.getValues());
    } else if (value instanceof Collection<?> members) {
      return members.stream().map(CsvLine::text).toList().toString();
    } else if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      map.forEach((key, entry) -> entries.add(text(key) + "=" + text(entry)));
      entries.sort(null);
      return entries.toString();
    }
    return String.valueOf(value);
  }
}
