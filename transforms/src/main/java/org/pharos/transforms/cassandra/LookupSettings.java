package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;
import org.pharos.schemas.Cql;
import org.pharos.schemas.Table;

/** What to look up, where and how. */
record LookupSettings(
    Table table,
    @Nullable CassandraConnection connection,
    List<String> key,
    List<String> columns,
    Consistency consistency,
    int maxInFlight,
    int cachedRows,
    Duration cachedFor,
    Requests.Through requests)
    implements Serializable {

  static final int MAX_IN_FLIGHT = 256;
  static final int MOST_IN_FLIGHT = 10_000;

  static LookupSettings of(Table table) {
    return new LookupSettings(
        table,
        null,
        new ArrayList<>(),
        new ArrayList<>(table.columns().stream().map(Column::name).toList()),
        Consistency.LOCAL_QUORUM,
        MAX_IN_FLIGHT,
        0,
        Duration.ZERO,
        Requests.session());
  }

  LookupSettings from(CassandraConnection source) {
    return new LookupSettings(
        table, source, key, columns, consistency, maxInFlight, cachedRows, cachedFor, requests);
  }

  LookupSettings by(List<String> names) {
    List<String> primary = names(table.primaryKey());
    if (names.size() < table.partitionKey().size()
        || names.size() > primary.size()
        || !names.equals(primary.subList(0, names.size()))) {
      throw new IllegalArgumentException(
          "rows of "
              + table
              + " are looked up by "
              + names(table.partitionKey())
              + " and any of the following clustering columns in order, "
              + names(table.clusteringKey())
              + ", not by "
              + names);
    }
    return new LookupSettings(
        table,
        connection,
        new ArrayList<>(names),
        columns,
        consistency,
        maxInFlight,
        cachedRows,
        cachedFor,
        requests);
  }

  LookupSettings withColumns(List<String> names) {
    Projection ignored = Projection.of(table, names);
    return new LookupSettings(
        table,
        connection,
        key,
        new ArrayList<>(names),
        consistency,
        maxInFlight,
        cachedRows,
        cachedFor,
        requests);
  }

  LookupSettings withConsistency(Consistency level) {
    if (level == Consistency.EACH_QUORUM) {
      throw new IllegalArgumentException("rows are not read at EACH_QUORUM");
    }
    return new LookupSettings(
        table, connection, key, columns, level, maxInFlight, cachedRows, cachedFor, requests);
  }

  LookupSettings withMaxInFlight(int most) {
    if (most < 1 || most > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException(
          "look-ups in flight are 1 to " + MOST_IN_FLIGHT + ", not " + most);
    }
    return new LookupSettings(
        table, connection, key, columns, consistency, most, cachedRows, cachedFor, requests);
  }

  LookupSettings withCache(int rows, Duration time) {
    if (rows < 1 || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          "a cache has at least a row and a time to live, not " + rows + " and " + time);
    }
    return new LookupSettings(
        table, connection, key, columns, consistency, maxInFlight, rows, time, requests);
  }

  LookupSettings through(Requests.Through way) {
    return new LookupSettings(
        table, connection, key, columns, consistency, maxInFlight, cachedRows, cachedFor, way);
  }

  /**
   * The settings for elements of a schema: without a key told, that is the partition key and the
   * clustering columns after it that the elements have.
   *
   * @throws IllegalArgumentException if a column of the key is not there or does not fit
   */
  LookupSettings forInput(Schema input) {
    LookupSettings complete = key.isEmpty() ? by(keyIn(input)) : this;
    RowEncoder.checkFits(table, complete.key, input);
    return complete;
  }

  private List<String> keyIn(Schema input) {
    List<String> found = names(table.partitionKey());
    for (Column column : table.clusteringKey()) {
      if (!input.hasField(column.name())) {
        break;
      }
      found.add(column.name());
    }
    return found;
  }

  private static List<String> names(List<Column> columns) {
    return new ArrayList<>(columns.stream().map(Column::name).toList());
  }

  /** The connection, which must have been given. */
  CassandraConnection source() {
    if (connection == null) {
      throw new IllegalArgumentException(
          "looking rows of " + table + " up needs a connection: from(...)");
    }
    connection.requireComplete();
    return connection;
  }

  String step() {
    return "LookupRows " + table.qualifiedName();
  }

  Projection projection() {
    return Projection.of(table, columns);
  }

  String cql() {
    return "SELECT "
        + projection().cql()
        + " FROM "
        + table.qualifiedName()
        + key.stream()
            .map(column -> Cql.identifier(column) + " = ?")
            .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", table.qualifiedName()).withLabel("Table"))
        .add(DisplayData.item("columns", projection().cql()).withLabel("Columns"))
        .add(DisplayData.item("consistency", consistency.name()).withLabel("Consistency"))
        .add(DisplayData.item("maxInFlight", maxInFlight).withLabel("Look-ups in flight"))
        .addIfNotDefault(DisplayData.item("key", String.join(", ", key)).withLabel("Key"), "")
        .addIfNotDefault(DisplayData.item("cachedRows", cachedRows).withLabel("Cached rows"), 0);
    if (connection != null) {
      builder.add(
          DisplayData.item("contactPoints", String.join(", ", connection.contactPoints()))
              .withLabel("Contact points"));
    }
  }
}
