package org.pharos.transforms.graph;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.graph.Degree;
import org.pharos.schemas.graph.Edge;
import org.pharos.transforms.tallies.Tallies;
import org.pharos.transforms.tallies.TallyByKey;

/**
 * Edges in, one {@link Degree} a node out, per window: how many edges leave it and how many enter.
 *
 * <p>Every edge of the input counts, equal ones as often as they come ({@code Distinct} before it
 * merges them). A node without edges does not come out. A node of very many edges is no hot key,
 * and a worker holds a small part of the nodes at a time: see {@link TallyByKey}.
 */
public final class CountDegrees extends PTransform<PCollection<Edge>, PCollection<Degree>> {
  private static final long serialVersionUID = 1L;

  private static final int LEAVING = 0;
  private static final int ENTERING = 1;

  private CountDegrees() {}

  public static CountDegrees create() {
    return new CountDegrees();
  }

  @Override
  public PCollection<Degree> expand(PCollection<Edge> edges) {
    return edges.apply(
        "Tally by node",
        TallyByKey.of(
            2,
            CountDegrees::countEnds,
            (node, ends) -> new Degree(node, ends[LEAVING], ends[ENTERING]),
            Degree.class));
  }

  private static void countEnds(Edge edge, Tallies nodes) {
    nodes.add(edge.source(), LEAVING, 1);
    nodes.add(edge.target(), ENTERING, 1);
  }
}
