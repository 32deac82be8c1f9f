package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * Which field of the rows belongs to which column of a table, found while assembling; whatever does
 * not fit is added to a list of problems, so that one message names them all.
 */
final class MatchedFields {
  private final Table table;
  private final Schema schema;
  private final WriteSettings settings;
  private final List<String> problems;

  MatchedFields(Table table, Schema schema, WriteSettings settings, List<String> problems) {
    this.table = table;
    this.schema = schema;
    this.settings = settings;
    this.problems = problems;
  }

  /** A slot for each column of the key, in the order of the key. */
  List<Slot> key(List<Column> columns) {
    List<Slot> slots = new ArrayList<>();
    for (Column column : columns) {
      Slot slot = keySlot(column);
      if (slot != null) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private @Nullable Slot keySlot(Column column) {
    Optional<Bucket> bucket = table.bucket().filter(each -> each.column().equals(column.name()));
    boolean given = schema.hasField(column.name());
    if (bucket.isPresent()) {
      if (!given) {
        requireSources(bucket.get());
      }
      int field = given ? schema.indexOf(column.name()) : Slot.COMPUTED;
      return new Slot(Slot.Role.BUCKET, column.name(), column.type(), field);
    }
    if (!given) {
      problems.add("no field for the key column " + column.name() + " " + column.type().cql());
      return null;
    }
    return slot(Slot.Role.KEY, column.name(), column.type(), column.name());
  }

  private void requireSources(Bucket bucket) {
    List<String> missing =
        bucket.sources().stream().filter(source -> !schema.hasField(source)).toList();
    if (!missing.isEmpty()) {
      problems.add(
          "the bucket "
              + bucket.column()
              + " is computed from "
              + missing
              + ", which has no field");
    }
  }

  /** A slot whose value is in this field, which must fit the type. */
  Slot slot(Slot.Role role, String column, CqlType type, String field) {
    if (!schema.hasField(field)) {
      problems.add("no field " + field + " for the column " + column + " " + type.cql());
      return new Slot(role, column, type, Slot.COMPUTED);
    }
    String misfit = TypeFit.problem(type, schema.getField(field).getType());
    if (misfit != null) {
      problems.add("field " + field + " does not fit column " + column + ": " + misfit);
    }
    return new Slot(role, column, type, schema.indexOf(field));
  }

  /** A slot for each field that has a column outside the key, with what is done to it. */
  List<Slot> values() {
    List<Slot> slots = new ArrayList<>();
    for (String field : schema.getFieldNames()) {
      table
          .find(field)
          .filter(column -> !column.isKey())
          .ifPresent(column -> slots.add(valueSlot(column)));
    }
    for (Map.Entry<String, Change> change : settings.changes.entrySet()) {
      if (!schema.hasField(change.getKey()) || table.find(change.getKey()).isEmpty()) {
        problems.add(change.getKey() + " is to be changed, but is not both a field and a column");
      }
    }
    return slots;
  }

  private Slot valueSlot(Column column) {
    Change change = settings.changes.getOrDefault(column.name(), Change.SET);
    String refusal = change.refusal(column.type());
    if (refusal != null) {
      problems.add("column " + column.name() + " " + refusal);
    }
    Slot.Role role = change == Change.SET ? Slot.Role.SET : Slot.Role.CHANGE;
    return slot(role, column.name(), change.valueType(column.type()), column.name());
  }

  /** Fields that are no column of the table and were not named for another use. */
  List<String> strangers() {
    List<String> side = settings.sideFields();
    return schema.getFieldNames().stream()
        .filter(field -> table.find(field).isEmpty() && !side.contains(field))
        .toList();
  }

  void refuseStrangers() {
    List<String> strangers = strangers();
    if (!strangers.isEmpty()) {
      problems.add(
          "fields that are no columns: "
              + String.join(", ", strangers)
              + " (the table has "
              + table.columns().stream().map(Column::name).collect(Collectors.joining(", "))
              + ")");
    }
  }
}
