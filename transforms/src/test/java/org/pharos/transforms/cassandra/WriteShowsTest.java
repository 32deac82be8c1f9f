package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What a person sees of a writer: steps, metrics, lineage, display data. */
@WithCassandra
class WriteShowsTest {

  private static Table table(TestKeyspace keyspace) {
    Table table =
        Table.named(keyspace.name(), "shown")
            .partitionKey("k", CqlType.INT)
            .clusteringKey("c", CqlType.INT)
            .build();
    keyspace.execute("DROP TABLE IF EXISTS shown");
    TestConnections.create(keyspace, table);
    return table;
  }

  @Test
  void counts_rows_requests_and_lineage(TestKeyspace keyspace) {
    Table table = table(keyspace);
    Pipeline pipeline = Pipeline.create();
    Writing.oneBundle(
            pipeline,
            table.rowSchema(),
            IntStream.range(0, 640).mapToObj(i -> row(table.rowSchema(), i % 5, i)).toList())
        .apply(write(table, keyspace));
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(Metrics.counter(run, "rows_written")).isEqualTo(640);
    assertThat(Metrics.counter(run, "bytes_written")).isEqualTo(640 * 8);
    assertThat(Metrics.counter(run, "write_requests")).isEqualTo(10);
    assertThat(Metrics.counter(run, "bad_records")).isZero();
    assertThat(Lineage.query(run.metrics(), Lineage.Type.SINK))
        .containsExactly("cassandra:" + keyspace.name() + ".shown");
  }

  @Test
  void small_partitions_on_the_same_nodes_share_requests(TestKeyspace keyspace) {
    Table table = table(keyspace);
    Pipeline pipeline = Pipeline.create();
    Writing.oneBundle(
            pipeline,
            table.rowSchema(),
            IntStream.range(0, 95).mapToObj(i -> row(table.rowSchema(), i, i)).toList())
        .apply(write(table, keyspace));
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(Metrics.counter(run, "rows_written")).isEqualTo(95);
    assertThat(Metrics.counter(run, "write_requests")).isEqualTo(10);
    assertThat(Writing.select(keyspace, "SELECT k, c FROM shown"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 95).mapToObj(i -> i + ", " + i).toList());
  }

  @Test
  void steps_have_stable_names(TestKeyspace keyspace) {
    Table table = table(keyspace);
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, table.rowSchema(), row(table.rowSchema(), 1, 1))
        .apply(write(table, keyspace).ifNotExists());
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            names.add(node.getFullName());
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            names.add(node.getFullName());
          }
        });
    assertThat(names)
        .contains(
            "Write shown",
            "Write shown/Write",
            "Write shown/Count",
            "Write shown/Outcomes",
            "Write shown/Unknown");
  }

  @Test
  void display_data_tells_where_and_how_but_nothing_secret(TestKeyspace keyspace) {
    Table table = table(keyspace);
    CassandraConnection secret =
        Writing.connection(keyspace).withCredentials("somebody", Secret.env("NO_SUCH_VARIABLE"));
    DisplayData shown =
        DisplayData.from(WriteTable.of(table).to(secret).withNulls(Nulls.REPLACE).ifExists());
    assertThat(shown.items().toString())
        .contains(table.qualifiedName(), "REPLACE", "IF_EXISTS", "LOCAL_QUORUM", "127.0.0.1");
  }
}
