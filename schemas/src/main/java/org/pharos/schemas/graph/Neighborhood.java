package org.pharos.schemas.graph;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * The key of one partition of {@link GraphTables#edges}: a share of a node's neighbors. Looking up
 * all of {@link #of} finds all neighbors.
 *
 * @param node the node that looks
 * @param direction of the edges
 * @param bucket from 0 to the table's number of buckets, exclusive
 */
@DefaultSchema(RecordSchema.class)
public record Neighborhood(String node, Direction direction, int bucket) {

  public Neighborhood {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(direction, "direction");
  }

  /**
   * The keys of all partitions of a node in a table of so many buckets.
   *
   * @throws IllegalArgumentException when the buckets are less than 1
   */
  public static List<Neighborhood> of(String node, Direction direction, int buckets) {
    GraphTables.checkBuckets(buckets);
    return IntStream.range(0, buckets)
        .mapToObj(bucket -> new Neighborhood(node, direction, bucket))
        .toList();
  }
}
