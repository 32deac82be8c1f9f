package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;

/**
 * Filters that fit a table, as CQL with markers and the bytes to bind. With filters on the
 * partition key the table is read partition by partition, else by ranges of tokens.
 */
final class Restrictions implements Serializable {
  private static final long serialVersionUID = 1;

  /** Beyond this many the keys belong into a collection that is looked up. */
  static final int MOST_PARTITIONS = 100_000;

  private final List<String> partitionKey;
  private final List<List<byte[]>> partitionValues;
  private final List<String> conditions;
  private final List<byte[]> values;

  private Restrictions(
      List<String> partitionKey,
      List<List<byte[]>> partitionValues,
      List<String> conditions,
      List<byte[]> values) {
    this.partitionKey = partitionKey;
    this.partitionValues = partitionValues;
    this.conditions = conditions;
    this.values = values;
  }

  /**
   * @throws IllegalArgumentException if Cassandra cannot apply them to the table, saying what it
   *     can
   */
  static Restrictions of(Table table, List<Filter> filters) {
    FilterRules.check(table, filters);
    List<String> key = table.partitionKey().stream().map(column -> column.name()).toList();
    Map<String, List<byte[]>> ofKey = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    List<byte[]> values = new ArrayList<>();
    for (Filter filter : filters) {
      List<byte[]> bytes = bytes(table, filter);
      if (key.contains(filter.column()) && ofKey.put(filter.column(), bytes) == null) {
        continue;
      }
      String markers =
          filter.operator() == Filter.Operator.IN
              ? String.join(", ", Collections.nCopies(bytes.size(), "?"))
              : "?";
      conditions.add(
          Cql.identifier(filter.column())
              + " "
              + filter.operator().cql()
              + (filter.operator() == Filter.Operator.IN ? " (" + markers + ")" : " ?"));
      values.addAll(bytes);
    }
    if (ofKey.isEmpty()) {
      return new Restrictions(key, new ArrayList<>(), conditions, values);
    }
    Restrictions restrictions =
        new Restrictions(
            key, new ArrayList<>(key.stream().map(ofKey::get).toList()), conditions, values);
    restrictions.checkPartitions();
    return restrictions;
  }

  private static List<byte[]> bytes(Table table, Filter filter) {
    ColumnCodec codec = ColumnCodec.of(FilterRules.valueType(table, filter));
    Map<ByteBuffer, byte[]> distinct = new LinkedHashMap<>();
    for (Object value : filter.values()) {
      ByteBuffer encoded;
      try {
        encoded = codec.encode(value);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "the filter on column " + filter.column() + ": " + e.getMessage(), e);
      }
      if (encoded != null) {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.duplicate().get(bytes);
        distinct.putIfAbsent(ByteBuffer.wrap(bytes), bytes);
      }
    }
    return new ArrayList<>(distinct.values());
  }

  private void checkPartitions() {
    double count =
        partitionValues.stream().mapToDouble(List::size).reduce(1, (one, other) -> one * other);
    if (count > MOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "the filters name "
              + (long) count
              + " partitions, more than "
              + MOST_PARTITIONS
              + "; make the keys a collection and use LookupRows");
    }
  }

  /** Whether single partitions are read, not ranges of tokens. */
  boolean onPartitions() {
    return !partitionValues.isEmpty();
  }

  /** How many partitions the filters name. */
  int partitions() {
    return partitionValues.stream().mapToInt(List::size).reduce(1, (one, other) -> one * other);
  }

  /** The partition key with this number: see {@link Split.Partition}. */
  List<byte[]> partition(int number) {
    byte[][] key = new byte[partitionValues.size()][];
    int rest = number;
    for (int i = key.length - 1; i >= 0; i--) {
      List<byte[]> column = partitionValues.get(i);
      key[i] = column.get(rest % column.size());
      rest /= column.size();
    }
    return Arrays.asList(key);
  }

  /** Whether there are conditions besides those on the partition. */
  boolean hasConditions() {
    return !conditions.isEmpty();
  }

  /** What to bind after the partition or the range, in order. */
  List<byte[]> values() {
    return Collections.unmodifiableList(values);
  }

  /** All that follows the table's name. */
  String where() {
    List<String> all = new ArrayList<>();
    if (onPartitions()) {
      partitionKey.forEach(column -> all.add(Cql.identifier(column) + " = ?"));
    } else {
      all.add(token() + " > ?");
      all.add(token() + " <= ?");
    }
    all.addAll(conditions);
    return " WHERE " + String.join(" AND ", all);
  }

  /** The token of a row's partition. */
  String token() {
    return partitionKey.stream()
        .map(Cql::identifier)
        .collect(Collectors.joining(", ", "token(", ")"));
  }
}
