package org.pharos.schemas;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Cassandra demands of a table, checked before any server is asked. */
final class TableRules {
  private final Table table;

  private TableRules(Table table) {
    this.table = table;
  }

  static void check(Table table) {
    TableRules rules = new TableRules(table);
    rules.checkKey();
    rules.checkStatics();
    rules.checkCounters();
    rules.checkUserTypes();
    rules.checkIndexes();
    table.bucket().ifPresent(rules::checkBucket);
  }

  private void checkKey() {
    if (table.partitionKey().isEmpty()) {
      throw refused("no partition key");
    }
    for (Column column : table.primaryKey()) {
      if (!column.type().frozen()) {
        throw refused("key column " + column.name() + " must be frozen: " + column.type().cql());
      }
      if (CqlTypes.holdsDuration(column.type())) {
        throw refused("a duration has no order, so column " + column.name() + " cannot be a key");
      }
    }
  }

  private void checkStatics() {
    if (table.hasStaticColumns() && table.clusteringKey().isEmpty()) {
      throw refused("static columns need a clustering key");
    }
  }

  private void checkCounters() {
    if (!table.hasCounters()) {
      return;
    }
    for (Column column : table.columns()) {
      boolean counter = column.type() == CqlType.COUNTER;
      if (column.isKey() && counter) {
        throw refused("key column " + column.name() + " cannot be a counter");
      } else if (!column.isKey() && !counter) {
        throw refused(
            "column "
                + column.name()
                + " stands beside counters and must be one, not "
                + column.type().cql());
      }
    }
  }

  private void checkUserTypes() {
    Map<String, CqlType.UserType> byName = new HashMap<>();
    for (CqlType.UserType type : table.userTypes()) {
      CqlType.UserType other = byName.putIfAbsent(type.name(), type);
      if (other != null) {
        throw refused(
            "user type " + type.name() + " is two: " + type.fields() + " and " + other.fields());
      }
    }
  }

  private void checkIndexes() {
    Set<String> names = new HashSet<>();
    for (Index index : table.indexes()) {
      if (!names.add(index.name())) {
        throw refused("index " + index.name() + " is declared twice");
      }
      Column column = table.column(index.column());
      if (List.of(column).equals(table.partitionKey())) {
        throw refused(
            "index "
                + index.name()
                + " is on "
                + column.name()
                + ", the whole partition key, which needs none");
      }
      boolean map = column.type() instanceof CqlType.MapOf;
      boolean entries =
          index.target() == Index.Target.KEYS || index.target() == Index.Target.ENTRIES;
      if (entries && !map) {
        throw refused(
            "index "
                + index.name()
                + " is on the "
                + index.target()
                + " of "
                + column.name()
                + ", which is no map");
      }
    }
  }

  private void checkBucket(Bucket bucket) {
    Column column = table.column(bucket.column());
    if (column.kind() != Column.Kind.PARTITION_KEY || !column.type().equals(bucket.type())) {
      throw refused(
          "bucket "
              + bucket.column()
              + " must be part of the partition key as a "
              + bucket.type().cql()
              + ", not a "
              + column.kind()
              + " column of type "
              + column.type().cql());
    }
    for (String source : bucket.sources()) {
      CqlType type = table.column(source).type();
      boolean fits =
          bucket instanceof TimeBucket
              ? Set.of(CqlType.TIMESTAMP, CqlType.DATE, CqlType.TIMEUUID).contains(type)
              : type instanceof CqlType.Native
                  && type != CqlType.COUNTER
                  && type != CqlType.DURATION;
      if (!fits) {
        throw refused(
            "bucket "
                + bucket.column()
                + " cannot be computed from "
                + source
                + ", a "
                + type.cql());
      }
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(table + ": " + why);
  }
}
