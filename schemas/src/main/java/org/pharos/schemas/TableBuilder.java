package org.pharos.schemas;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Table}; columns of one kind stand in the order of the calls. */
public final class TableBuilder {
  private final String keyspace;
  private final String name;
  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Set<String> inferred = new LinkedHashSet<>();
  private final Map<String, String> withoutType = new LinkedHashMap<>();
  private final List<Index> indexes = new ArrayList<>();
  private TableOptions options = TableOptions.none();
  private @Nullable Bucket bucket;

  TableBuilder(String keyspace, String name) {
    this.keyspace = checkName("keyspace", keyspace);
    this.name = checkName("table", name);
  }

  @CanIgnoreReturnValue
  static String checkName(String what, String name) {
    if (!name.matches("\\w{1,48}")) {
      throw new IllegalArgumentException(
          "the name of a "
              + what
              + " is 1 to 48 letters, digits and underscores, not '"
              + name
              + "'");
    }
    return name;
  }

  @CanIgnoreReturnValue
  TableBuilder infer(Class<? extends Record> type) {
    RecordShape.of(type)
        .components()
        .forEach(
            component -> {
              inferred.add(component.name());
              Optional<CqlType> column = component.mapping().cqlType();
              if (column.isPresent()) {
                declare(component.name(), column.get(), Column.Kind.REGULAR);
              } else {
                withoutType.put(component.name(), component.where());
              }
            });
    return this;
  }

  /** Adds a column to the partition key, or makes an inferred one of this type part of it. */
  @CanIgnoreReturnValue
  public TableBuilder partitionKey(String column, CqlType type) {
    return declare(column, type, Column.Kind.PARTITION_KEY);
  }

  /** Makes inferred columns the partition key, or a further part of it. */
  @CanIgnoreReturnValue
  public TableBuilder partitionKey(String... existing) {
    for (String column : existing) {
      declare(column, inferredType(column), Column.Kind.PARTITION_KEY);
    }
    return this;
  }

  /** Adds a clustering column in ascending order. */
  @CanIgnoreReturnValue
  public TableBuilder clusteringKey(String column, CqlType type) {
    return clusteringKey(column, type, Order.ASCENDING);
  }

  /** Adds a clustering column, or makes an inferred one of this type such a column. */
  @CanIgnoreReturnValue
  public TableBuilder clusteringKey(String column, CqlType type, Order order) {
    declare(column, type, Column.Kind.CLUSTERING);
    orders.put(column, order);
    return this;
  }

  /** Makes inferred columns clustering columns in ascending order. */
  @CanIgnoreReturnValue
  public TableBuilder clusteringKey(String... existing) {
    for (String column : existing) {
      clusteringKey(column, Order.ASCENDING);
    }
    return this;
  }

  /** Makes an inferred column a clustering column. */
  @CanIgnoreReturnValue
  public TableBuilder clusteringKey(String existing, Order order) {
    return clusteringKey(existing, inferredType(existing), order);
  }

  /** Adds a column, or gives an inferred one another type (what it is to the table stays). */
  @CanIgnoreReturnValue
  public TableBuilder column(String column, CqlType type) {
    Column known = columns.get(column);
    return declare(column, type, known == null ? Column.Kind.REGULAR : known.kind());
  }

  /** Adds a column that all rows of a partition share, or makes an inferred one such a column. */
  @CanIgnoreReturnValue
  public TableBuilder staticColumn(String column, CqlType type) {
    return declare(column, type, Column.Kind.STATIC);
  }

  /** Adds an index. Default: none. */
  @CanIgnoreReturnValue
  public TableBuilder index(Index index) {
    indexes.add(index);
    return this;
  }

  /** Sets all options. Default: the server's. */
  @CanIgnoreReturnValue
  public TableBuilder options(TableOptions all) {
    options = all;
    return this;
  }

  /**
   * States how a column of the partition key is computed. The column becomes the last one of the
   * partition key unless it was declared before. Default: no bucket.
   */
  @CanIgnoreReturnValue
  public TableBuilder bucketedBy(Bucket computed) {
    if (bucket != null) {
      throw new IllegalArgumentException(
          "table " + name + " is bucketed by " + bucket + " already");
    }
    bucket = computed;
    if (!columns.containsKey(computed.column()) || inferred.contains(computed.column())) {
      declare(computed.column(), computed.type(), Column.Kind.PARTITION_KEY);
    }
    return this;
  }

  /**
   * The table.
   *
   * @throws IllegalArgumentException if Cassandra would refuse it, or a bucket cannot be computed
   */
  public Table build() {
    withoutType.forEach(
        (column, component) -> {
          throw refused(
              component
                  + " is a vector of unknown dimension: annotate it with @Dimension, or state"
                  + " the type of column "
                  + column);
        });
    Map<String, Column> ordered = new LinkedHashMap<>();
    columns.values().stream()
        .sorted(Comparator.comparing(Column::kind))
        .forEach(column -> ordered.put(column.name(), column));
    Table table = new Table(keyspace, name, ordered, orders, indexes, options, bucket);
    TableRules.check(table);
    return table;
  }

  @CanIgnoreReturnValue
  private TableBuilder declare(String column, CqlType type, Column.Kind kind) {
    Column known = columns.get(column);
    if (known != null && !inferred.contains(column)) {
      throw refused("column " + column + " is declared twice");
    }
    if (known != null && known.kind() != kind) {
      columns.remove(column);
    }
    withoutType.remove(column);
    columns.put(column, new Column(column, type, kind));
    return this;
  }

  private CqlType inferredType(String column) {
    Column known = columns.get(column);
    if (known == null || !inferred.contains(column)) {
      throw refused(
          "column "
              + column
              + " needs a type: no record component says it, only "
              + inferred
              + " do");
    }
    return known.type();
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("table " + Cql.qualified(keyspace, name) + ": " + why);
  }
}
