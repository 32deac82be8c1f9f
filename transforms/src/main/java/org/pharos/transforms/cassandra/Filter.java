package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A condition on a column that Cassandra itself applies, so that only the rows that meet it are
 * sent. Values are those of the column's Beam type. What Cassandra can apply depends on the table:
 *
 * <ul>
 *   <li>partition key columns: all of them together, by {@link #equal} or {@link #in}; then only
 *       those partitions are read instead of the whole table;
 *   <li>clustering columns, if the partition key is given: a prefix by {@link #equal} or {@link
 *       #in}, and a range on the last one;
 *   <li>columns with an SAI index: {@link #equal} and ranges, {@link #contains} and {@link
 *       #containsKey} for collections.
 * </ul>
 *
 * <p>Anything else is a predicate that the pipeline applies to each row: see {@link
 * ReadTable#matching}.
 */
public record Filter(String column, Operator operator, List<Object> values)
    implements Serializable {

  /** How the column compares with the values. */
  public enum Operator {
    EQUAL("="),
    IN("IN"),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    CONTAINS("CONTAINS"),
    CONTAINS_KEY("CONTAINS KEY");

    private final String cql;

    Operator(String cql) {
      this.cql = cql;
    }

    String cql() {
      return cql;
    }

    boolean isRange() {
      return isLower() || isUpper();
    }

    boolean isLower() {
      return this == GREATER || this == AT_LEAST;
    }

    boolean isUpper() {
      return this == LESS || this == AT_MOST;
    }
  }

  /**
   * Checked against a table when a transform is assembled.
   *
   * @throws IllegalArgumentException if a value is null or cannot travel with the pipeline, or
   *     their number does not suit the operator
   */
  public Filter {
    for (Object value : values) {
      if (!(value instanceof Serializable)) {
        throw new IllegalArgumentException(
            "a value of the filter on " + column + " is null or not serializable");
      }
    }
    values = List.copyOf(values);
    if (values.isEmpty() || (operator != Operator.IN && values.size() > 1)) {
      throw new IllegalArgumentException(
          "the filter " + column + " " + operator.cql() + " has " + values.size() + " values");
    }
  }

  /** The column equals the value. */
  public static Filter equal(String column, Object value) {
    return single(column, Operator.EQUAL, value);
  }

  /** The column equals one of the values; a value given twice counts once. */
  public static Filter in(String column, Object... values) {
    return in(column, Arrays.asList(values));
  }

  /** The column equals one of the values; a value given twice counts once. */
  public static Filter in(String column, Collection<?> values) {
    return new Filter(column, Operator.IN, new ArrayList<>(values));
  }

  /** The column is less than the value. */
  public static Filter less(String column, Object value) {
    return single(column, Operator.LESS, value);
  }

  /** The column is the value or less. */
  public static Filter atMost(String column, Object value) {
    return single(column, Operator.AT_MOST, value);
  }

  /** The column is greater than the value. */
  public static Filter greater(String column, Object value) {
    return single(column, Operator.GREATER, value);
  }

  /** The column is the value or greater. */
  public static Filter atLeast(String column, Object value) {
    return single(column, Operator.AT_LEAST, value);
  }

  /** The list, set or map has this value as an element. */
  public static Filter contains(String column, Object value) {
    return single(column, Operator.CONTAINS, value);
  }

  /** The map has this key. */
  public static Filter containsKey(String column, Object value) {
    return single(column, Operator.CONTAINS_KEY, value);
  }

  private static Filter single(String column, Operator operator, Object value) {
    return new Filter(column, operator, Arrays.asList(value));
  }

  /** The column and the operator; not the values, which may be private. */
  @Override
  public String toString() {
    return column + " " + operator.cql() + (values.size() == 1 ? " ?" : " (?)");
  }
}
