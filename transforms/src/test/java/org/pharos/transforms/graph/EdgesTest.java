package org.pharos.transforms.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.graph.Adjacency;
import org.pharos.schemas.graph.Degree;
import org.pharos.schemas.graph.Direction;
import org.pharos.schemas.graph.Edge;

class EdgesTest {

  private final Pipeline pipeline = Pipeline.create();

  @Test
  void each_edge_is_seen_from_both_ends_with_all_it_carries() {
    Map<String, String> since = Map.of("since", "1998");
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                        new Edge("ann", "knows", "bob", 0.5, since),
                        Edge.of("ann", "likes", "ann")))
                .apply(MirrorEdges.create()))
        .containsInAnyOrder(
            new Adjacency("ann", Direction.OUT, "knows", "bob", 0.5, since),
            new Adjacency("bob", Direction.IN, "knows", "ann", 0.5, since),
            new Adjacency("ann", Direction.OUT, "likes", "ann", 1, null),
            new Adjacency("ann", Direction.IN, "likes", "ann", 1, null));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void an_adjacency_gives_its_edge_back_from_either_end() {
    Edge edge = new Edge("ann", "knows", "bob", 0.5, Map.of("since", "1998"));
    for (Direction direction : Direction.values()) {
      assertThat(Adjacency.of(edge, direction).edge()).isEqualTo(edge);
    }
  }

  @Test
  void degrees_count_every_edge_at_both_of_its_ends() {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(
                        Edge.of("ann", "knows", "bob"),
                        Edge.of("ann", "knows", "bob"),
                        Edge.of("bob", "knows", "cid"),
                        Edge.of("dan", "likes", "dan")))
                .apply(CountDegrees.create()))
        .containsInAnyOrder(
            new Degree("ann", 2, 0),
            new Degree("bob", 1, 2),
            new Degree("cid", 0, 1),
            new Degree("dan", 1, 1));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void degrees_of_a_random_graph_equal_those_counted_one_by_one() {
    Random random = new Random(7);
    List<Edge> edges = new ArrayList<>();
    Map<String, long[]> expected = new TreeMap<>();
    for (int i = 0; i < 2_000; i++) {
      // Squared, so that few nodes have very many edges.
      String source = "n" + (int) (50 * Math.pow(random.nextDouble(), 2));
      String target = "n" + random.nextInt(50);
      edges.add(Edge.of(source, "e", target));
      expected.computeIfAbsent(source, node -> new long[2])[0]++;
      expected.computeIfAbsent(target, node -> new long[2])[1]++;
    }
    PAssert.that(pipeline.apply(Create.of(edges)).apply(CountDegrees.create()))
        .containsInAnyOrder(
            expected.entrySet().stream()
                .map(node -> new Degree(node.getKey(), node.getValue()[0], node.getValue()[1]))
                .toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void no_edges_have_no_degrees() {
    PAssert.that(
            pipeline
                .apply(Create.empty(TypeDescriptor.of(Edge.class)))
                .apply(CountDegrees.create()))
        .empty();
    pipeline.run().waitUntilFinish();
  }
}
