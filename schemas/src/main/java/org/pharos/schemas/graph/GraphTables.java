package org.pharos.schemas.graph;

import java.util.List;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.Table;

/** The tables that graphs are kept in. */
public final class GraphTables {

  private GraphTables() {}

  /** {@link #edges(String, int)} of one bucket: for nodes of up to some 100,000 edges. */
  public static Table edges(String keyspace) {
    return edges(keyspace, 1);
  }

  /**
   * {@code edges}: rows of {@link Adjacency}, each edge twice, so that the neighbors of a node in a
   * direction are read from its own partitions, clustered by type and neighbor.
   *
   * <p>A node's edges of a direction are spread over buckets by a hash of the neighbor, so that a
   * node of very many edges fills no partition beyond its limit. Reading all of a node's neighbors
   * asks for as many partitions ({@link Neighborhood#of}): take the largest degree divided by
   * 50,000, rounded up. The number is part of the key and stays what it is as long as the table
   * lives.
   *
   * @throws IllegalArgumentException when the buckets are less than 1
   */
  public static Table edges(String keyspace, int buckets) {
    checkBuckets(buckets);
    Bucket bucket = Bucket.byHash("bucket", List.of("neighbor"), buckets);
    return Table.of(Adjacency.class, keyspace, "edges")
        .partitionKey("node")
        .partitionKey("direction")
        .partitionKey(bucket.column(), bucket.type())
        .clusteringKey("type")
        .clusteringKey("neighbor")
        .bucketedBy(bucket)
        .build();
  }

  /** {@code degrees}: rows of {@link Degree} by {@code node}. */
  public static Table degrees(String keyspace) {
    return Table.of(Degree.class, keyspace, "degrees").partitionKey("node").build();
  }

  static void checkBuckets(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets must be 1 or more, but is " + buckets);
    }
  }
}
