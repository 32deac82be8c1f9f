package org.pharos.schemas.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.Bucket;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.RecordShape;
import org.pharos.schemas.Table;

class GraphTablesTest {

  @Test
  void edges_lie_with_their_node_and_direction_in_buckets() {
    assertThat(GraphTables.edges("ks", 8).createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.edges (
              node text,
              direction text,
              bucket int,
              type text,
              neighbor text,
              weight double,
              properties map<text, text>,
              PRIMARY KEY ((node, direction, bucket), type, neighbor)
            )\
            """);
    assertThat(GraphTables.degrees("ks").createStatements())
        .containsExactly(
            """
            CREATE TABLE IF NOT EXISTS ks.degrees (
              node text,
              out_degree bigint,
              in_degree bigint,
              PRIMARY KEY (node)
            )\
            """);
  }

  @Test
  void one_bucket_is_the_default() {
    assertThat(GraphTables.edges("ks")).isEqualTo(GraphTables.edges("ks", 1));
  }

  @Test
  void the_neighbors_of_a_node_spread_over_all_of_its_partitions() {
    Table edges = GraphTables.edges("ks", 8);
    Bucket bucket = edges.bucket().orElseThrow();
    RecordShape<Adjacency> shape = RecordSchema.of(Adjacency.class);
    TreeSet<Integer> filled = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      Row row = shape.toRow(Adjacency.of(Edge.of("hub", "has", "n" + i), Direction.OUT));
      filled.add((Integer) bucket.of(row));
    }
    assertThat(filled)
        .containsExactlyElementsOf(
            Neighborhood.of("hub", Direction.OUT, 8).stream().map(Neighborhood::bucket).toList());
  }

  @Test
  void a_neighborhood_names_every_partition_of_a_node() {
    assertThat(Neighborhood.of("hub", Direction.IN, 3))
        .containsExactlyElementsOf(
            IntStream.range(0, 3).mapToObj(i -> new Neighborhood("hub", Direction.IN, i)).toList());
    assertThat(RecordSchema.of(Neighborhood.class).schema().getFieldNames())
        .containsExactlyElementsOf(
            GraphTables.edges("ks", 3).partitionKey().stream().map(c -> c.name()).toList());
  }

  @Test
  void less_than_one_bucket_is_refused() {
    assertThatThrownBy(() -> GraphTables.edges("ks", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buckets must be 1 or more, but is 0");
    assertThatThrownBy(() -> Neighborhood.of("hub", Direction.IN, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buckets must be 1 or more, but is -1");
  }

  @Test
  void records_become_rows_and_come_back() {
    Edge edge = new Edge("a", "e", "b", 0.5, Map.of("k", "v"));
    comesBack(Edge.class, edge);
    comesBack(Edge.class, Edge.of("a", "e", "b"));
    comesBack(Adjacency.class, Adjacency.of(edge, Direction.IN));
    comesBack(Degree.class, new Degree("a", 1, 2));
    comesBack(Neighborhood.class, new Neighborhood("a", Direction.OUT, 0));
  }

  @Test
  void no_properties_are_null_as_in_a_table() {
    assertThat(List.of(new Edge("a", "e", "b", 1, Map.of())))
        .containsExactly(Edge.of("a", "e", "b"));
  }

  private static <R extends Record> void comesBack(Class<R> type, R record) {
    RecordShape<R> shape = RecordSchema.of(type);
    assertThat(shape.fromRow(shape.toRow(record))).isEqualTo(record);
  }
}
