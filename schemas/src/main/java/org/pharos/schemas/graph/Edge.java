package org.pharos.schemas.graph;

import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.RecordSchema;

/**
 * A directed edge between two nodes.
 *
 * @param source the node it leaves
 * @param type its label: what relates the two; together with the two nodes it is the edge's
 *     identity
 * @param target the node it enters, perhaps the same one
 * @param weight its strength, 1 where a graph knows none
 * @param properties whatever else is known of it; null for none (an empty map becomes null, as it
 *     does in a table)
 */
@DefaultSchema(RecordSchema.class)
public record Edge(
    String source,
    String type,
    String target,
    double weight,
    @Nullable Map<String, String> properties) {

  public Edge {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(target, "target");
    properties = properties == null || properties.isEmpty() ? null : Map.copyOf(properties);
  }

  /** An edge of weight 1 without properties. */
  public static Edge of(String source, String type, String target) {
    return new Edge(source, type, target, 1, null);
  }
}
