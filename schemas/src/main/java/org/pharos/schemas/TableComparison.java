package org.pharos.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares a wanted table with a live one, part by part. */
final class TableComparison {
  private final Table wanted;
  private final Table live;
  private final List<CqlType.UserType> missingTypes = new ArrayList<>();
  private final List<TableDiff.MissingField> missingFields = new ArrayList<>();
  private final List<Column> missingColumns = new ArrayList<>();
  private final List<Index> missingIndexes = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();

  TableComparison(Table wanted, Table live) {
    this.wanted = wanted;
    this.live = live;
  }

  TableDiff diff() {
    compareKeys("partition key", wanted.partitionKey(), live.partitionKey());
    compareKeys("clustering key", wanted.clusteringKey(), live.clusteringKey());
    compareOrders();
    wanted.columns().forEach(this::compareColumn);
    compareUserTypes();
    wanted.indexes().forEach(this::compareIndex);
    return new TableDiff(
        wanted,
        missingTypes,
        missingFields,
        missingColumns,
        missingIndexes,
        wanted.options().differingFrom(live.options()),
        conflicts);
  }

  private void compareKeys(String which, List<Column> wantedKey, List<Column> liveKey) {
    List<String> wantedNames = wantedKey.stream().map(Column::name).toList();
    List<String> liveNames = liveKey.stream().map(Column::name).toList();
    if (!wantedNames.equals(liveNames)) {
      conflicts.add("the " + which + " is " + liveNames + ", not " + wantedNames);
    }
  }

  private void compareOrders() {
    for (Column column : wanted.clusteringKey()) {
      boolean both = live.clusteringKey().stream().anyMatch(c -> c.name().equals(column.name()));
      if (both && live.order(column.name()) != wanted.order(column.name())) {
        conflicts.add(
            "clustering column "
                + column.name()
                + " is "
                + live.order(column.name()).cql()
                + ", not "
                + wanted.order(column.name()).cql());
      }
    }
  }

  private void compareColumn(Column column) {
    Optional<Column> found = live.find(column.name());
    if (found.isEmpty()) {
      if (!column.isKey()) {
        missingColumns.add(column);
      }
      return;
    }
    Column there = found.get();
    if (!CqlTypes.sameShape(column.type(), there.type())) {
      conflicts.add(
          "column " + column.name() + " is " + there.type().cql() + ", not " + column.type().cql());
    }
    if (there.kind() != column.kind() && !(there.isKey() || column.isKey())) {
      conflicts.add("column " + column.name() + " is " + there.kind() + ", not " + column.kind());
    }
  }

  private void compareUserTypes() {
    Map<String, CqlType.UserType> known = new HashMap<>();
    live.userTypes().forEach(type -> known.put(type.name(), type));
    for (CqlType.UserType type : wanted.userTypes()) {
      CqlType.UserType there = known.get(type.name());
      if (there == null) {
        missingTypes.add(type);
      } else {
        compareFields(type, there);
      }
    }
  }

  // Fields stand in their order in every stored value: they can be added only at the end.
  private void compareFields(CqlType.UserType type, CqlType.UserType there) {
    for (int i = 0; i < type.fields().size(); i++) {
      CqlType.UserType.Field field = type.fields().get(i);
      if (i >= there.fields().size()) {
        missingFields.add(new TableDiff.MissingField(type.name(), field));
        continue;
      }
      CqlType.UserType.Field other = there.fields().get(i);
      if (!other.name().equals(field.name()) || !CqlTypes.sameShape(field.type(), other.type())) {
        conflicts.add(
            "field "
                + (i + 1)
                + " of type "
                + type.name()
                + " is "
                + TableCql.field(other)
                + ", not "
                + TableCql.field(field));
      }
    }
  }

  private void compareIndex(Index index) {
    boolean satisfied = live.indexes().stream().anyMatch(there -> serves(there, index));
    Optional<Index> sameName =
        live.indexes().stream().filter(there -> there.name().equals(index.name())).findFirst();
    if (!satisfied && sameName.isPresent()) {
      conflicts.add(
          "index " + index.name() + " is " + text(sameName.get()) + ", not " + text(index));
    } else if (!satisfied) {
      missingIndexes.add(index);
    }
  }

  // An index of another name that does the same is as good.
  private static boolean serves(Index there, Index index) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(there.options());
    return there.column().equals(index.column())
        && there.target() == index.target()
        && index.options().entrySet().stream()
            .allMatch(option -> option.getValue().equalsIgnoreCase(options.get(option.getKey())));
  }

  private static String text(Index index) {
    return "on " + index.target() + " of " + index.column() + " with " + index.options();
  }
}
