package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.schemas.Table;

/**
 * Which partitions of which table to follow, from where and how.
 *
 * @param scan the table, its connection and the consistency; without filters
 * @param given the values of partition key columns
 */
record Follow(Scan scan, List<Filter> given, Pace pace) implements Serializable {

  static Follow of(Table table) {
    FollowedPartitions.checkTable(table);
    return new Follow(Scan.of(table), new ArrayList<>(), Pace.standard());
  }

  Follow with(Scan changed) {
    return new Follow(changed, given, pace);
  }

  Follow with(Pace changed) {
    return new Follow(scan, given, changed);
  }

  Follow where(List<Filter> more) {
    List<Filter> all = new ArrayList<>(given);
    all.addAll(more);
    FollowedPartitions.checkFilters(scan.table(), all);
    return new Follow(scan, all, pace);
  }

  Table table() {
    return scan.table();
  }

  /**
   * @throws IllegalArgumentException if the partition key has a column whose values nobody said
   */
  FollowedPartitions partitions() {
    return FollowedPartitions.of(table(), given);
  }

  /**
   * @throws IllegalArgumentException if the connection or the values of a column are missing, or do
   *     not do
   */
  void requireComplete() {
    scan.requireSource();
    FollowedPartitions ignored = partitions();
  }

  ArrivalTime time() {
    return ArrivalTime.of(table());
  }

  void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
    builder
        .add(
            DisplayData.item(
                    "partitions", String.join(", ", given.stream().map(Filter::toString).toList()))
                .withLabel("Partitions"))
        .add(
            DisplayData.item("pollInterval", Duration.millis(pace.pollMillis()))
                .withLabel("Poll interval"))
        .add(
            DisplayData.item("overlap", Duration.millis(pace.overlapMillis()))
                .withLabel("Overlap"));
    if (pace.since() != Pace.START_OF_THE_JOB) {
      builder.add(DisplayData.item("since", Instant.ofEpochMilli(pace.since())).withLabel("Since"));
    }
    if (pace.until() != Pace.NEVER) {
      builder.add(DisplayData.item("until", Instant.ofEpochMilli(pace.until())).withLabel("Until"));
    }
  }
}
