package org.pharos.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that create a table and its types. */
final class TableCql {
  private TableCql() {}

  static String createType(String keyspace, CqlType.UserType type) {
    return type.fields().stream()
        .map(TableCql::field)
        .collect(
            Collectors.joining(
                ", ",
                "CREATE TYPE IF NOT EXISTS " + Cql.qualified(keyspace, type.name()) + " (",
                ")"));
  }

  static String field(CqlType.UserType.Field field) {
    return Cql.identifier(field.name()) + ' ' + field.type().cql();
  }

  static String createTable(Table table) {
    List<String> lines = new ArrayList<>();
    table.columns().forEach(column -> lines.add("  " + column(column)));
    lines.add("  PRIMARY KEY (" + primaryKey(table) + ")");
    List<String> with = new ArrayList<>();
    if (table.clusteringKey().stream().anyMatch(c -> table.order(c.name()) == Order.DESCENDING)) {
      with.add("CLUSTERING ORDER BY (" + clusteringOrder(table) + ")");
    }
    table.options().names().forEach(name -> with.add(table.options().cql(List.of(name))));
    return "CREATE TABLE IF NOT EXISTS "
        + table.qualifiedName()
        + " (\n"
        + String.join(",\n", lines)
        + "\n)"
        + (with.isEmpty() ? "" : " WITH " + String.join("\n  AND ", with));
  }

  static String column(Column column) {
    return Cql.identifier(column.name())
        + ' '
        + column.type().cql()
        + (column.kind() == Column.Kind.STATIC ? " STATIC" : "");
  }

  private static String primaryKey(Table table) {
    String partition = names(table.partitionKey());
    String key = table.partitionKey().size() == 1 ? partition : '(' + partition + ')';
    return table.clusteringKey().isEmpty() ? key : key + ", " + names(table.clusteringKey());
  }

  private static String names(List<Column> columns) {
    return columns.stream()
        .map(column -> Cql.identifier(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static String clusteringOrder(Table table) {
    return table.clusteringKey().stream()
        .map(column -> Cql.identifier(column.name()) + ' ' + table.order(column.name()).cql())
        .collect(Collectors.joining(", "));
  }
}
