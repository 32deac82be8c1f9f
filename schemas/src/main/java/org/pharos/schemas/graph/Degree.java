package org.pharos.schemas.graph;

import java.util.Objects;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * How many edges meet in a node. An edge from a node to itself counts once in each column.
 *
 * @param node the node
 * @param outDegree the edges that leave it
 * @param inDegree the edges that enter it
 */
@DefaultSchema(RecordSchema.class)
public record Degree(String node, long outDegree, long inDegree) {

  public Degree {
    Objects.requireNonNull(node, "node");
  }
}
