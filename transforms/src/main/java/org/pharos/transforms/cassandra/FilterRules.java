package org.pharos.transforms.cassandra;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pharos.schemas.Column;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Table;

/** Which filters Cassandra can apply to a table without reading all of it: see {@link Filter}. */
final class FilterRules {

  private FilterRules() {}

  /**
   * @throws IllegalArgumentException naming the filter that cannot be applied, and what can
   */
  static void check(Table table, List<Filter> filters) {
    Map<String, List<Filter>> byColumn =
        filters.stream()
            .collect(Collectors.groupingBy(filter -> table.column(filter.column()).name()));
    byColumn.values().forEach(ofColumn -> checkTogether(table, ofColumn));
    boolean partition = checkPartitionKey(table, byColumn);
    Set<String> prefix = partition ? clusteringPrefix(table, byColumn) : Set.of();
    for (Filter filter : filters) {
      Column column = table.column(filter.column());
      boolean known =
          column.kind() == Column.Kind.PARTITION_KEY
              || prefix.contains(column.name())
              || isIndexed(table, filter);
      if (!known) {
        throw refused(table, filter, "Cassandra would have to read everything");
      }
    }
  }

  /** The type of the filter's values. */
  static CqlType valueType(Table table, Filter filter) {
    CqlType type = table.column(filter.column()).type();
    if (filter.operator() == Filter.Operator.CONTAINS_KEY) {
      if (type instanceof CqlType.MapOf map) {
        return map.key();
      }
      throw refused(table, filter, "it is a " + type.cql() + ", not a map");
    } else if (filter.operator() == Filter.Operator.CONTAINS) {
      if (type instanceof CqlType.ListOf list) {
        return list.element();
      } else if (type instanceof CqlType.SetOf set) {
        return set.element();
      } else if (type instanceof CqlType.MapOf map) {
        return map.value();
      }
      throw refused(table, filter, "it is a " + type.cql() + ", not a collection");
    }
    return type;
  }

  private static void checkTogether(Table table, List<Filter> filters) {
    boolean range =
        filters.size() == 2
            && filters.stream().anyMatch(filter -> filter.operator().isLower())
            && filters.stream().anyMatch(filter -> filter.operator().isUpper());
    boolean contains =
        filters.stream()
            .allMatch(
                filter ->
                    filter.operator() == Filter.Operator.CONTAINS
                        || filter.operator() == Filter.Operator.CONTAINS_KEY);
    if (filters.size() > 1 && !range && !contains) {
      throw refused(
          table, filters.get(1), "the column has another filter, and only a range takes two");
    }
  }

  private static boolean checkPartitionKey(Table table, Map<String, List<Filter>> byColumn) {
    List<Column> missing =
        table.partitionKey().stream().filter(key -> !byColumn.containsKey(key.name())).toList();
    for (Column key : table.partitionKey()) {
      for (Filter filter : byColumn.getOrDefault(key.name(), List.of())) {
        boolean indexed = isIndexed(table, filter);
        if (!missing.isEmpty() && !indexed) {
          throw refused(
              table, filter, "the partition key has " + names(missing) + " without a filter");
        } else if (missing.isEmpty() && !isEquality(filter)) {
          throw refused(table, filter, "a partition is found by equal or in");
        }
      }
    }
    return missing.isEmpty();
  }

  private static Set<String> clusteringPrefix(Table table, Map<String, List<Filter>> byColumn) {
    Set<String> prefix = new HashSet<>();
    for (Column column : table.clusteringKey()) {
      List<Filter> filters = byColumn.getOrDefault(column.name(), List.of());
      if (filters.isEmpty()) {
        break;
      }
      prefix.add(column.name());
      if (!filters.stream().allMatch(FilterRules::isEquality)) {
        break;
      }
    }
    return prefix;
  }

  private static boolean isEquality(Filter filter) {
    return filter.operator() == Filter.Operator.EQUAL || filter.operator() == Filter.Operator.IN;
  }

  private static boolean isIndexed(Table table, Filter filter) {
    return table.indexes().stream()
        .filter(index -> index.column().equals(filter.column()))
        .anyMatch(index -> serves(index, table.column(filter.column()).type(), filter.operator()));
  }

  private static boolean serves(Index index, CqlType type, Filter.Operator operator) {
    boolean collection =
        type instanceof CqlType.ListOf
            || type instanceof CqlType.SetOf
            || type instanceof CqlType.MapOf;
    Map<Filter.Operator, Boolean> served = new HashMap<>();
    boolean values = index.target() == Index.Target.VALUES;
    served.put(
        Filter.Operator.EQUAL, (values && !collection) || index.target() == Index.Target.FULL);
    served.put(Filter.Operator.CONTAINS, values && collection);
    served.put(Filter.Operator.CONTAINS_KEY, index.target() == Index.Target.KEYS);
    boolean ordered = type != CqlType.TEXT && type != CqlType.ASCII && type != CqlType.BOOLEAN;
    return operator.isRange()
        ? values && !collection && ordered
        : served.getOrDefault(operator, false);
  }

  private static IllegalArgumentException refused(Table table, Filter filter, String reason) {
    return new IllegalArgumentException(
        "the filter "
            + filter
            + " cannot be applied by Cassandra to "
            + table
            + ": "
            + reason
            + ". Filters can name all of the partition key "
            + names(table.partitionKey())
            + " (equal, in), with it a prefix of the clustering columns "
            + names(table.clusteringKey())
            + " (equal, in, the last one a range), and the indexed columns "
            + table.indexes().stream().map(Index::column).distinct().toList()
            + " (equal, contains, ranges of what is not text); use matching(...) for the rest");
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }
}
