package org.pharos.schemas;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a table, by their CQL names: immutable and equal by content. What is not stated is
 * left to the server. A value is a String, Boolean, Number, or a Map of String to String.
 */
public final class TableOptions implements Serializable {
  private static final long serialVersionUID = 1;
  private static final TableOptions NONE = new TableOptions(new TreeMap<>());

  private final SortedMap<String, Serializable> values;

  private TableOptions(SortedMap<String, Serializable> values) {
    this.values = values;
  }

  /** No options: every one is the server's default. */
  public static TableOptions none() {
    return NONE;
  }

  /** The compaction strategy's class and its own options. */
  public TableOptions withCompaction(String strategy, Map<String, String> options) {
    Map<String, String> compaction = new LinkedHashMap<>();
    compaction.put("class", strategy);
    compaction.putAll(options);
    return with("compaction", compaction);
  }

  /** Time-window compaction: for rows that are written in the order of time and expire by TTL. */
  public TableOptions withTimeWindowCompaction(Duration window) {
    long minutes = window.getStandardMinutes();
    if (minutes < 1 || !window.equals(Duration.standardMinutes(minutes))) {
      throw new IllegalArgumentException(
          "a compaction window is a whole number of minutes, not " + window);
    }
    boolean days = minutes % 1440 == 0;
    boolean hours = minutes % 60 == 0;
    return withCompaction(
        "TimeWindowCompactionStrategy",
        Map.of(
            "compaction_window_unit",
            days ? "DAYS" : hours ? "HOURS" : "MINUTES",
            "compaction_window_size",
            Long.toString(days ? minutes / 1440 : hours ? minutes / 60 : minutes)));
  }

  /** The compressor's class, such as {@code ZstdCompressor}. */
  public TableOptions withCompression(String compressor) {
    return with("compression", Map.of("class", compressor));
  }

  /** How long a row lives that states no TTL of its own; zero is for ever. */
  public TableOptions withDefaultTimeToLive(Duration timeToLive) {
    return with("default_time_to_live", seconds("default time to live", timeToLive));
  }

  /** How long tombstones are kept; replay and repair must happen within it. */
  public TableOptions withGcGrace(Duration grace) {
    return with("gc_grace_seconds", seconds("gc grace", grace));
  }

  /** What is cached: keys ALL or NONE; rows a partition ALL, NONE or a number. */
  public TableOptions withCaching(String keys, String rowsPerPartition) {
    return with("caching", Map.of("keys", keys, "rows_per_partition", rowsPerPartition));
  }

  public TableOptions withComment(String comment) {
    return with("comment", comment);
  }

  /**
   * Any option by its CQL name, replacing an earlier value.
   *
   * @throws IllegalArgumentException if the value is no String, Boolean, Number or Map
   */
  public TableOptions with(String option, Object value) {
    if (!option.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not the name of a table option: " + option);
    }
    SortedMap<String, Serializable> changed = new TreeMap<>(values);
    changed.put(option, checked(option, value));
    return new TableOptions(changed);
  }

  /** The options that are stated: name to value, with maps as sorted maps. */
  public SortedMap<String, Object> asMap() {
    return Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The options stated here whose value in {@code live} is another, by name. */
  List<String> differingFrom(TableOptions live) {
    return values.keySet().stream()
        .filter(option -> !satisfied(values.get(option), live.values.get(option)))
        .toList();
  }

  /** {@code a = 1 AND b = {...}}: of these options only. */
  String cql(List<String> options) {
    return String.join(
        " AND ",
        options.stream().map(option -> option + " = " + text(values.get(option))).toList());
  }

  List<String> names() {
    return List.copyOf(values.keySet());
  }

  private static Serializable checked(String option, Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), String.valueOf(item)));
      return sorted;
    } else if (value instanceof Number number) {
      BigDecimal plain = new BigDecimal(number.toString()).stripTrailingZeros();
      return plain.scale() < 0 ? plain.setScale(0) : plain;
    } else if (value instanceof String || value instanceof Boolean) {
      return (Serializable) value;
    }
    throw new IllegalArgumentException(
        "table option "
            + option
            + " takes text, a number, a boolean or a map, not "
            + value.getClass().getName());
  }

  // A live table states all its options, and its maps hold defaults that nobody asked for.
  private static boolean satisfied(@Nullable Object wanted, @Nullable Object live) {
    if (wanted instanceof Map<?, ?> wantedMap && live instanceof Map<?, ?> liveMap) {
      return wantedMap.entrySet().stream()
          .allMatch(
              entry -> {
                String asked = simple(String.valueOf(entry.getValue()));
                return asked.equalsIgnoreCase(simple(String.valueOf(liveMap.get(entry.getKey()))));
              });
    }
    return wanted != null && wanted.equals(live);
  }

  // The server writes class names out in full.
  private static String simple(String className) {
    return className.startsWith("org.apache.cassandra.")
        ? className.substring(className.lastIndexOf('.') + 1)
        : className;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      TreeMap<String, String> entries = new TreeMap<>();
      map.forEach((key, item) -> entries.put(String.valueOf(key), String.valueOf(item)));
      return Index.map(entries);
    }
    return value instanceof String text
        ? Cql.literal(text)
        : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  private static long seconds(String what, Duration duration) {
    long seconds = duration.getStandardSeconds();
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          what + " is 0 to " + Integer.MAX_VALUE + " seconds, not " + seconds);
    }
    return seconds;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableOptions that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return cql(names());
  }
}
