package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;

/**
 * The columns outside the key that two tables of the same key have in common, and those that only
 * one of them has.
 */
record CommonColumns(List<Column> both, List<String> onlyLeft, List<String> onlyRight)
    implements Serializable {

  CommonColumns {
    both = List.copyOf(both);
    onlyLeft = List.copyOf(onlyLeft);
    onlyRight = List.copyOf(onlyRight);
  }

  /**
   * Those of two tables.
   *
   * @throws IllegalArgumentException if their keys differ, or a column of one name is of another
   *     type or kind; the message names all that does
   */
  static CommonColumns of(Table left, Table right) {
    List<String> problems = new ArrayList<>();
    compareKeys("partition key", left.partitionKey(), right.partitionKey(), problems);
    compareKeys("clustering key", left.clusteringKey(), right.clusteringKey(), problems);
    List<Column> both = new ArrayList<>();
    List<String> onlyLeft = new ArrayList<>();
    for (Column column : left.columns().stream().filter(each -> !each.isKey()).toList()) {
      Optional<Column> other = right.find(column.name());
      if (other.isEmpty()) {
        onlyLeft.add(column.name());
      } else if (!other.get().equals(column)) {
        problems.add("column " + text(column) + " is " + text(other.get()) + " there");
      } else {
        both.add(column);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          left.qualifiedName()
              + " and "
              + right.qualifiedName()
              + " do not match:\n  - "
              + String.join("\n  - ", problems));
    }
    return new CommonColumns(
        both,
        onlyLeft,
        right.columns().stream()
            .map(Column::name)
            .filter(name -> left.find(name).isEmpty())
            .toList());
  }

  private static void compareKeys(
      String which, List<Column> left, List<Column> right, List<String> problems) {
    if (!left.equals(right)) {
      problems.add("the " + which + " (" + text(left) + ") is (" + text(right) + ") there");
    }
  }

  private static String text(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type().cql())
        .collect(Collectors.joining(", "));
  }

  private static String text(Column column) {
    return column.name() + " " + column.type().cql() + " " + column.kind();
  }

  boolean areAll() {
    return onlyLeft.isEmpty() && onlyRight.isEmpty();
  }
}
