package org.pharos.pipelines.tables;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.Connections;
import org.pharos.pipelines.DescribedTables;
import org.pharos.pipelines.json.JsonRows;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Column;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.EventTime;
import org.pharos.transforms.cassandra.Filter;
import org.pharos.transforms.cassandra.FollowTable;
import org.pharos.transforms.cassandra.WriteTable;

/** The table to follow and its target, as options name them and the launcher described them. */
final class FollowedTable {
  private FollowedTable() {}

  /**
   * What can be checked before the tables are known.
   *
   * @throws BadOption naming the option
   */
  static void check(FollowOptions options) {
    if (options.getTable().equals(options.getTarget())) {
      throw new BadOption("target", options.getTarget(), "another table than --table is allowed");
    }
    if (options.getBucketSeconds() < 0
        || options.getBucketColumn().isEmpty() != (options.getBucketSeconds() == 0)) {
      throw new BadOption(
          "bucketSeconds",
          "" + options.getBucketSeconds(),
          "1 or more are allowed, together with --bucketColumn");
    }
    ObjectNode ignored = partitions(options);
  }

  static List<String> names(FollowOptions options) {
    return List.of(options.getTable(), options.getTarget());
  }

  /**
   * The transform that follows the table.
   *
   * @throws BadOption if the table cannot be followed so
   */
  static FollowTable follow(FollowOptions options) {
    Table table = DescribedTables.named(options, options.getTable());
    try {
      Table bucketed =
          options.getBucketColumn().isEmpty()
              ? table
              : table.bucketedBy(
                  Bucket.byTime(
                      options.getBucketColumn(),
                      table.clusteringKey().isEmpty() ? "" : table.clusteringKey().get(0).name(),
                      Duration.standardSeconds(options.getBucketSeconds())));
      return FollowTable.of(bucketed)
          .from(Connections.from(options))
          .where(filters(table, options).toArray(new Filter[0]));
    } catch (IllegalArgumentException e) {
      throw new BadOption("table", options.getTable(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * The table that rows go to.
   *
   * @throws BadOption if it lacks a column, or its key has one that the followed table lacks
   */
  static Table target(FollowOptions options) {
    Table table = DescribedTables.named(options, options.getTable());
    Table target = DescribedTables.named(options, options.getTarget());
    List<String> lacking =
        table.columns().stream()
            .map(Column::name)
            .filter(name -> target.find(name).isEmpty())
            .toList();
    List<String> unknown =
        target.primaryKey().stream()
            .map(Column::name)
            .filter(name -> table.find(name).isEmpty())
            .toList();
    if (!lacking.isEmpty() || !unknown.isEmpty()) {
      throw new BadOption(
          "target",
          options.getTarget(),
          "a table with all columns of "
              + options.getTable()
              + " is allowed, and a key of those only; "
              + (lacking.isEmpty() ? "its key has " + unknown : "it lacks " + lacking));
    }
    return target;
  }

  /**
   * Writes with each row's own time, so that the latest row of a key stays and repeats are none.
   */
  static WriteTable write(FollowOptions options) {
    return WriteTable.of(target(options))
        .to(Connections.from(options))
        .byEventTime(EventTime.ofElement());
  }

  /**
   * The time that an option names.
   *
   * @throws BadOption if it is none
   */
  static Instant time(String option, String value) {
    try {
      return Instant.ofEpochMilli(java.time.Instant.parse(value).toEpochMilli());
    } catch (DateTimeParseException e) {
      throw new BadOption(option, value, "a time as in 2026-11-26T08:00:00Z is allowed");
    }
  }

  private static ObjectNode partitions(FollowOptions options) {
    try {
      ObjectNode partitions = JsonRows.object(options.getPartitions());
      for (Map.Entry<String, JsonNode> column : partitions.properties()) {
        if (!column.getValue().isArray() || column.getValue().isEmpty()) {
          throw new BadOption(
              "partitions", options.getPartitions(), column.getKey() + " needs values in an array");
        }
      }
      return partitions;
    } catch (IllegalArgumentException e) {
      throw new BadOption("partitions", options.getPartitions(), "a JSON object is allowed");
    }
  }

  private static List<Filter> filters(Table table, FollowOptions options) {
    ObjectNode partitions = partitions(options);
    partitions
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (table.partitionKey().stream()
                  .noneMatch(column -> column.name().equalsIgnoreCase(member))) {
                throw new BadOption(
                    "partitions",
                    options.getPartitions(),
                    "the partition key of " + options.getTable() + " has no column " + member);
              }
            });
    List<Filter> filters = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Column column : table.partitionKey()) {
      JsonNode values = partitions.get(column.name());
      if (values != null) {
        filters.add(filter(table, column.name(), values, options));
      } else if (!column.name().equals(options.getBucketColumn())) {
        missing.add(column.name());
      }
    }
    if (!missing.isEmpty()) {
      throw new BadOption(
          "partitions",
          options.getPartitions(),
          "following " + options.getTable() + " needs the values of " + missing);
    }
    return filters;
  }

  private static Filter filter(Table table, String column, JsonNode values, FollowOptions options) {
    JsonRows parser = JsonRows.of(table, List.of(column));
    List<Object> cells = new ArrayList<>();
    try {
      for (JsonNode value : values) {
        Object cell = parser.cells(JsonRows.object("{}").set(column, value)).get(0);
        if (cell == null) {
          throw new IllegalArgumentException("a null in " + column + " names no partition");
        }
        cells.add(cell);
      }
      return Filter.in(column, cells);
    } catch (IllegalArgumentException e) {
      throw new BadOption("partitions", options.getPartitions(), String.valueOf(e.getMessage()));
    }
  }
}
