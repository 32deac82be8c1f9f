package org.pharos.schemas.graph;

import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.RecordSchema;

/**
 * An edge as one of its two nodes sees it. Which bucket of the node's partitions it lies in is the
 * table's business ({@link GraphTables#edges}).
 *
 * @param node the node that looks
 * @param direction from which end it looks
 * @param type the edge's
 * @param neighbor the node at the other end
 * @param weight the edge's
 * @param properties the edge's; null for none
 */
@DefaultSchema(RecordSchema.class)
public record Adjacency(
    String node,
    Direction direction,
    String type,
    String neighbor,
    double weight,
    @Nullable Map<String, String> properties) {

  public Adjacency {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(neighbor, "neighbor");
    properties = properties == null || properties.isEmpty() ? null : Map.copyOf(properties);
  }

  /** The edge as the node at that end sees it. */
  public static Adjacency of(Edge edge, Direction direction) {
    boolean out = direction == Direction.OUT;
    return new Adjacency(
        out ? edge.source() : edge.target(),
        direction,
        edge.type(),
        out ? edge.target() : edge.source(),
        edge.weight(),
        edge.properties());
  }

  /** The edge again, the same from both ends. */
  public Edge edge() {
    boolean out = direction == Direction.OUT;
    return new Edge(out ? node : neighbor, type, out ? neighbor : node, weight, properties);
  }
}
