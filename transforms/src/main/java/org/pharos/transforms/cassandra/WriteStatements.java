package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;

/** The texts of INSERT, UPDATE and DELETE, with a marker for each value. */
final class WriteStatements {
  private WriteStatements() {}

  static WriteStatement insert(
      Table table, List<Slot> key, List<Slot> values, WriteSettings settings) {
    List<Slot> slots = new ArrayList<>(key);
    slots.addAll(values);
    String columns = joined(slots, ", ", "");
    String markers = slots.stream().map(slot -> "?").collect(Collectors.joining(", "));
    String condition =
        settings.condition == WriteSettings.Condition.IF_NOT_EXISTS ? " IF NOT EXISTS" : "";
    List<Slot> using = using(table, settings);
    slots.addAll(using);
    return new WriteStatement(
        "INSERT INTO "
            + table.qualifiedName()
            + " ("
            + columns
            + ") VALUES ("
            + markers
            + ")"
            + condition
            + usingText(using),
        slots,
        partition(table, 0));
  }

  static WriteStatement update(
      Table table,
      List<Slot> key,
      List<Slot> values,
      List<Slot> conditions,
      WriteSettings settings) {
    List<Slot> slots = using(table, settings);
    String using = usingText(slots);
    slots.addAll(values);
    int before = slots.size();
    slots.addAll(key);
    slots.addAll(conditions);
    return new WriteStatement(
        "UPDATE "
            + table.qualifiedName()
            + using
            + " SET "
            + assignments(values, settings.changes)
            + " WHERE "
            + joined(key, " AND ", " = ?")
            + conditionText(conditions, settings),
        slots,
        partition(table, before));
  }

  /**
   * A deletion.
   *
   * @param columns what to delete, nothing for whole rows
   * @param bounds the two ends of a range, after the equal columns; or nothing
   */
  static WriteStatement delete(
      Table table,
      List<String> columns,
      List<Slot> key,
      List<Slot> bounds,
      List<Slot> conditions,
      WriteSettings settings) {
    List<Slot> slots = using(table, settings);
    String using = usingText(slots);
    int before = slots.size();
    slots.addAll(key);
    slots.addAll(bounds);
    slots.addAll(conditions);
    String what =
        columns.stream().map(column -> Cql.identifier(column)).collect(Collectors.joining(", "));
    String range =
        bounds.isEmpty()
            ? ""
            : " AND " + name(bounds.get(0)) + " >= ? AND " + name(bounds.get(1)) + " < ?";
    return new WriteStatement(
        "DELETE "
            + (what.isEmpty() ? "" : what + " ")
            + "FROM "
            + table.qualifiedName()
            + using
            + " WHERE "
            + joined(key, " AND ", " = ?")
            + range
            + conditionText(conditions, settings),
        slots,
        partition(table, before));
  }

  private static List<Slot> using(Table table, WriteSettings settings) {
    List<Slot> slots = new ArrayList<>();
    if (settings.bindsTimestamp(table)) {
      slots.add(Slot.timestamp());
    }
    if (settings.bindsTimeToLive()) {
      slots.add(Slot.timeToLive());
    }
    return slots;
  }

  private static String usingText(List<Slot> using) {
    return using.isEmpty()
        ? ""
        : using.stream()
            .map(slot -> slot.role() == Slot.Role.TIMESTAMP ? "TIMESTAMP ?" : "TTL ?")
            .collect(Collectors.joining(" AND ", " USING ", ""));
  }

  private static String assignments(List<Slot> values, Map<String, Change> changes) {
    return values.stream()
        .map(slot -> changes.getOrDefault(slot.column(), Change.SET).assignment(name(slot)))
        .collect(Collectors.joining(", "));
  }

  private static String conditionText(List<Slot> conditions, WriteSettings settings) {
    return switch (settings.condition) {
      case NONE, IF_NOT_EXISTS -> "";
      case IF_EXISTS -> " IF EXISTS";
      case IF_MATCHES -> " IF " + joined(conditions, " AND ", " = ?");
    };
  }

  private static String joined(List<Slot> slots, String separator, String suffix) {
    return slots.stream().map(slot -> name(slot) + suffix).collect(Collectors.joining(separator));
  }

  private static String name(Slot slot) {
    return Cql.identifier(slot.column());
  }

  /** A key lists the columns of the partition first. */
  private static List<Integer> partition(Table table, int before) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < table.partitionKey().size(); i++) {
      positions.add(before + i);
    }
    return positions;
  }
}
