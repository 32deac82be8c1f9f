package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Which rows of which table to read, from where and how: what {@link ReadTable} and {@link
 * CountRows} have in common.
 */
record Scan(
    Table table,
    @Nullable CassandraConnection connection,
    List<Filter> filters,
    Consistency consistency,
    int parallelism,
    long splitBytes,
    Requests.Through requests)
    implements Serializable {

  static final int OF_THE_WORKER = 0;
  static final int MOST_PARALLELISM = 100_000;
  static final long LEAST_SPLIT_BYTES = 1 << 10;

  static Scan of(Table table) {
    return new Scan(
        table,
        null,
        new ArrayList<>(),
        Consistency.LOCAL_QUORUM,
        OF_THE_WORKER,
        SplitSizes.TARGET,
        Requests.session());
  }

  Scan from(CassandraConnection source) {
    return new Scan(table, source, filters, consistency, parallelism, splitBytes, requests);
  }

  Scan where(List<Filter> more) {
    List<Filter> all = new ArrayList<>(filters);
    all.addAll(more);
    Restrictions ignored = Restrictions.of(table, all);
    return new Scan(table, connection, all, consistency, parallelism, splitBytes, requests);
  }

  Scan withConsistency(Consistency level) {
    if (level.isSerial() || level == Consistency.EACH_QUORUM) {
      throw new IllegalArgumentException(
          "a table is not read at " + level + "; take one of ONE to ALL or LOCAL_...");
    }
    return new Scan(table, connection, filters, level, parallelism, splitBytes, requests);
  }

  Scan withParallelism(int count) {
    if (count < 1 || count > MOST_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism is 1 to " + MOST_PARALLELISM + ", not " + count);
    }
    return new Scan(table, connection, filters, consistency, count, splitBytes, requests);
  }

  Scan withSplitBytes(long bytes) {
    if (bytes < LEAST_SPLIT_BYTES) {
      throw new IllegalArgumentException(
          "a split has at least " + LEAST_SPLIT_BYTES + " bytes, not " + bytes);
    }
    return new Scan(table, connection, filters, consistency, parallelism, bytes, requests);
  }

  Scan through(Requests.Through way) {
    return new Scan(table, connection, filters, consistency, parallelism, splitBytes, way);
  }

  /** The connection, which must have been given. */
  CassandraConnection source() {
    if (connection == null) {
      throw new IllegalArgumentException("reading " + table + " needs a connection: from(...)");
    }
    connection.requireComplete();
    return connection;
  }

  /**
   * @throws IllegalArgumentException if the connection is missing or lacks something
   */
  void requireSource() {
    CassandraConnection ignored = source();
  }

  Restrictions restrictions() {
    return Restrictions.of(table, filters);
  }

  SplitSizes sizes() {
    return SplitSizes.of(
        splitBytes,
        parallelism == OF_THE_WORKER ? Runtime.getRuntime().availableProcessors() : parallelism);
  }

  void populateDisplayData(DisplayData.Builder builder) {
    builder
        .add(DisplayData.item("table", table.qualifiedName()).withLabel("Table"))
        .add(DisplayData.item("consistency", consistency.name()).withLabel("Consistency"))
        .add(DisplayData.item("splitBytes", splitBytes).withLabel("Bytes a split"))
        .addIfNotDefault(
            DisplayData.item("parallelism", parallelism).withLabel("Parallelism"), OF_THE_WORKER)
        .addIfNotDefault(
            DisplayData.item(
                    "filters", String.join(", ", filters.stream().map(Filter::toString).toList()))
                .withLabel("Filters"),
            "");
    if (connection != null) {
      builder.add(
          DisplayData.item("contactPoints", String.join(", ", connection.contactPoints()))
              .withLabel("Contact points"));
    }
  }
}
