package org.pharos.schemas;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * A table: its name, columns, keys, options, indexes and bucket. Immutable, equal by content, and
 * without any connection: it renders to CQL and compares with another table, but asks no server.
 *
 * <pre>{@code
 * Table PURCHASES =
 *     Table.of(Purchase.class, "shop", "purchases")
 *         .partitionKey("customer_id")
 *         .clusteringKey("bought_at", Order.DESCENDING)
 *         .bucketedBy(Bucket.byTime("month", "bought_at", Duration.standardDays(30)))
 *         .build();
 * }</pre>
 */
public final class Table implements Serializable {
  private static final long serialVersionUID = 1;

  private final String keyspace;
  private final String name;
  private final Map<String, Column> columns;
  private final Map<String, Order> orders;
  private final List<Index> indexes;
  private final TableOptions options;
  private final @Nullable Bucket bucket;
  private final Schema rowSchema;

  Table(
      String keyspace,
      String name,
      Map<String, Column> columns,
      Map<String, Order> orders,
      List<Index> indexes,
      TableOptions options,
      @Nullable Bucket bucket) {
    this.keyspace = keyspace;
    this.name = name;
    this.columns = new LinkedHashMap<>(columns);
    this.orders = new LinkedHashMap<>(orders);
    this.indexes = List.copyOf(indexes);
    this.options = options;
    this.bucket = bucket;
    this.rowSchema = rowSchema(List.copyOf(columns.keySet()));
  }

  /** Starts a table with no columns. Names are taken as they are, neither quoted nor folded. */
  public static TableBuilder named(String keyspace, String name) {
    return new TableBuilder(keyspace, name);
  }

  /**
   * Starts a table with a regular column for each component of a record, named in snake_case. The
   * builder then says which of them are keys, and may replace a type by another.
   *
   * @throws IllegalArgumentException if a component cannot be a column, naming it
   */
  public static TableBuilder of(Class<? extends Record> type, String keyspace, String name) {
    return new TableBuilder(keyspace, name).infer(type);
  }

  public String keyspace() {
    return keyspace;
  }

  public String name() {
    return name;
  }

  /** Partition key, clustering, static, then regular columns, each in the order of declaration. */
  public List<Column> columns() {
    return List.copyOf(columns.values());
  }

  public List<Column> partitionKey() {
    return ofKind(Column.Kind.PARTITION_KEY);
  }

  public List<Column> clusteringKey() {
    return ofKind(Column.Kind.CLUSTERING);
  }

  /** The partition key, then the clustering columns. */
  public List<Column> primaryKey() {
    return columns.values().stream().filter(Column::isKey).toList();
  }

  private List<Column> ofKind(Column.Kind kind) {
    return columns.values().stream().filter(column -> column.kind() == kind).toList();
  }

  /**
   * The order of a clustering column.
   *
   * @throws IllegalArgumentException if there is no such clustering column
   */
  public Order order(String clusteringColumn) {
    Order order = orders.get(clusteringColumn);
    if (order == null) {
      throw new IllegalArgumentException(
          this + " has no clustering column " + clusteringColumn + ", only " + orders.keySet());
    }
    return order;
  }

  /** The column of this name. */
  public Optional<Column> find(String column) {
    return Optional.ofNullable(columns.get(column));
  }

  /**
   * The column of this name.
   *
   * @throws IllegalArgumentException if there is none, naming the columns there are
   */
  public Column column(String column) {
    Column found = columns.get(column);
    if (found == null) {
      throw new IllegalArgumentException(
          this + " has no column " + column + ", only " + columns.keySet());
    }
    return found;
  }

  /** Whether this is a table of counters: then all columns outside the key are. */
  public boolean hasCounters() {
    return columns.values().stream().anyMatch(column -> column.type() == CqlType.COUNTER);
  }

  public boolean hasStaticColumns() {
    return columns.values().stream().anyMatch(column -> column.kind() == Column.Kind.STATIC);
  }

  /**
   * The schema of a whole row. Key columns are not nullable, except the clustering columns of a
   * table with static columns, where a partition may have no row; all others are nullable.
   */
  public Schema rowSchema() {
    return rowSchema;
  }

  /**
   * The schema of a row with only these columns, in this order.
   *
   * @throws IllegalArgumentException if one of them is no column of the table
   */
  public Schema rowSchema(List<String> names) {
    Schema.Builder schema = Schema.builder();
    for (String each : names) {
      Column column = column(each);
      boolean nullable =
          column.kind() == Column.Kind.CLUSTERING ? hasStaticColumns() : !column.isKey();
      schema.addField(Field.of(each, column.type().fieldType()).withNullable(nullable));
    }
    return schema.build();
  }

  public List<Index> indexes() {
    return indexes;
  }

  public TableOptions options() {
    return options;
  }

  /** How the bucket in the partition key is computed, if there is one. */
  public Optional<Bucket> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** The user types in use, each after those it holds. */
  public List<CqlType.UserType> userTypes() {
    Set<CqlType.UserType> found = new LinkedHashSet<>();
    columns.values().forEach(column -> CqlTypes.collectUserTypes(column.type(), found));
    return List.copyOf(found);
  }

  /**
   * The statements that create what is missing of the table, in order: CREATE TYPE, CREATE TABLE,
   * CREATE INDEX, each IF NOT EXISTS. The keyspace must be there.
   */
  public List<String> createStatements() {
    List<String> statements = new ArrayList<>();
    userTypes().forEach(type -> statements.add(TableCql.createType(keyspace, type)));
    statements.add(TableCql.createTable(this));
    indexes.forEach(index -> statements.add(index.createStatement(this)));
    return statements;
  }

  /** What {@code live} lacks of this table, and what differs for good. Asks no server. */
  public TableDiff diff(Table live) {
    return TableDiff.between(this, live);
  }

  /** The same table in another keyspace. */
  public Table inKeyspace(String other) {
    TableBuilder.checkName("keyspace", other);
    return new Table(other, name, columns, orders, indexes, options, bucket);
  }

  /**
   * A table of another name with the same columns, keys and options, and without indexes: their
   * names are taken in a keyspace, and they are built faster when the rows are there.
   */
  public Table like(String otherKeyspace, String otherName) {
    TableBuilder.checkName("keyspace", otherKeyspace);
    TableBuilder.checkName("table", otherName);
    return new Table(otherKeyspace, otherName, columns, orders, List.of(), options, bucket);
  }

  /**
   * The same table with its bucket said: of a live table nobody else knows how a column of its
   * partition key is computed.
   *
   * @throws IllegalArgumentException if it cannot be computed so
   */
  public Table bucketedBy(Bucket computed) {
    Table bucketed = new Table(keyspace, name, columns, orders, indexes, options, computed);
    TableRules.check(bucketed);
    return bucketed;
  }

  /** {@code keyspace.name}, each quoted where it must be. */
  public String qualifiedName() {
    return Cql.qualified(keyspace, name);
  }

  // Lists, since the order of columns is part of a table and maps compare without it.
  private List<Object> content() {
    return List.of(
        keyspace, name, columns(), orders, indexes, options, Optional.ofNullable(bucket));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Table that && content().equals(that.content());
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyspace, name, columns);
  }

  @Override
  public String toString() {
    return "table " + qualifiedName();
  }
}
