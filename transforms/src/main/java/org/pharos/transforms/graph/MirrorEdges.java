package org.pharos.transforms.graph;

import java.util.List;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.InferableFunction;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.schemas.graph.Adjacency;
import org.pharos.schemas.graph.Direction;
import org.pharos.schemas.graph.Edge;

/**
 * Edges in, each twice out: as its source sees it and as its target does, ready for the table
 * {@code GraphTables.edges}, where the neighbors of a node are read from its own partitions.
 *
 * <p>Bounded or unbounded; element by element, so window and timestamp stay. An edge from a node to
 * itself comes out in both directions too. Equal edges are not merged here: in the table the same
 * source, type and target are one row.
 */
public final class MirrorEdges extends PTransform<PCollection<Edge>, PCollection<Adjacency>> {

  private static final long serialVersionUID = 1L;

  private MirrorEdges() {}

  public static MirrorEdges create() {
    return new MirrorEdges();
  }

  @Override
  public PCollection<Adjacency> expand(PCollection<Edge> edges) {
    return edges.apply("See edges from both ends", FlatMapElements.via(new BothEnds()));
  }

  private static final class BothEnds extends InferableFunction<Edge, List<Adjacency>> {

    private static final long serialVersionUID = 1L;

    @Override
    public List<Adjacency> apply(Edge edge) {
      return List.of(Adjacency.of(edge, Direction.OUT), Adjacency.of(edge, Direction.IN));
    }
  }
}
