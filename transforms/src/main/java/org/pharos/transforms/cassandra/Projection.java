package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What is read of each row: columns, and when they were written and expire. */
record Projection(Table table, List<Item> items) implements Serializable {

  /** A field of the result. */
  record Item(String field, CqlType type, boolean nullable, String cql, String column)
      implements Serializable {}

  Projection {
    items = List.copyOf(items);
  }

  static Projection of(Table table, List<String> columns) {
    Schema schema = table.rowSchema(columns);
    List<Item> items = new ArrayList<>();
    for (String name : columns) {
      items.add(
          new Item(
              name,
              table.column(name).type(),
              schema.getField(name).getType().getNullable(),
              Cql.identifier(name),
              name));
    }
    return new Projection(table, items).checked();
  }

  static Projection all(Table table) {
    return of(table, table.columns().stream().map(Column::name).toList());
  }

  Projection withWriteTime(String column) {
    return with(column, "writetime", CqlType.BIGINT);
  }

  Projection withTimeToLive(String column) {
    return with(column, "ttl", CqlType.INT);
  }

  private Projection with(String name, String function, CqlType type) {
    Column column = table.column(name);
    boolean hasOne =
        (column.kind() == Column.Kind.REGULAR || column.kind() == Column.Kind.STATIC)
            && column.type().frozen();
    if (!hasOne) {
      throw new IllegalArgumentException(
          "there is no single "
              + function
              + " of column "
              + name
              + " of "
              + table
              + ": key columns have none, and collections and user types that are not frozen have"
              + " one for each element");
    }
    List<Item> more = new ArrayList<>(items);
    String cql = function.toUpperCase(Locale.ROOT) + "(" + Cql.identifier(name) + ")";
    more.add(new Item(name + "_" + function, type, true, cql, name));
    return new Projection(table, more).checked();
  }

  private Projection checked() {
    Set<String> seen = new HashSet<>();
    for (Item item : items) {
      if (!seen.add(item.field())) {
        throw new IllegalArgumentException("the field " + item.field() + " would be there twice");
      }
    }
    if (items.isEmpty()) {
      throw new IllegalArgumentException("no column of " + table + " is to be read");
    }
    return this;
  }

  /** Only the items with these fields, in this order. */
  Projection only(List<String> fields) {
    List<Item> chosen = new ArrayList<>();
    for (String field : fields) {
      chosen.add(
          items.stream()
              .filter(item -> item.field().equals(field))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "nothing read of "
                              + table
                              + " is called "
                              + field
                              + ", only "
                              + items.stream().map(Item::field).toList())));
    }
    return new Projection(table, chosen);
  }

  Schema schema() {
    Schema.Builder schema = Schema.builder();
    for (Item item : items) {
      schema.addField(
          Schema.Field.of(item.field(), item.type().fieldType()).withNullable(item.nullable()));
    }
    return schema.build();
  }

  List<CqlType> types() {
    return items.stream().map(Item::type).toList();
  }

  /** The list after SELECT. */
  String cql() {
    return items.stream().map(Item::cql).collect(Collectors.joining(", "));
  }

  /** Where each partition key column is in the result; -1 if it is not read. */
  int[] partitionKeyPositions() {
    return table.partitionKey().stream()
        .mapToInt(
            key -> {
              for (int i = 0; i < items.size(); i++) {
                if (items.get(i).cql().equals(Cql.identifier(key.name()))) {
                  return i;
                }
              }
              return -1;
            })
        .toArray();
  }
}
