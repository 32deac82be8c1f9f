package org.pharos.pipelines.files;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.CalendarDuration;

/**
 * A value as text: numbers in decimal, times in ISO-8601, bytes in hexadecimal, the members of a
 * collection between brackets.
 */
final class CellText {
  private CellText() {}

  static String of(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    } else if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    } else if (value instanceof InetAddress address) {
      return address.getHostAddress();
    } else if (value instanceof CalendarDuration duration) {
      return duration(duration);
    } else if (value instanceof Row row) {
      return of(row.getValues());
    } else if (value instanceof Collection<?> members) {
      return members.stream().map(CellText::of).toList().toString();
    } else if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      map.forEach((key, entry) -> entries.add(of(key) + "=" + of(entry)));
      entries.sort(null);
      return entries.toString();
    }
    return String.valueOf(value);
  }

  private static String duration(CalendarDuration duration) {
    return Period.of(0, duration.months(), duration.days())
        + Duration.ofNanos(duration.nanos()).toString().substring(1);
  }
}
