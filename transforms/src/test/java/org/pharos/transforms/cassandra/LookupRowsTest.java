package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pharos.transforms.cassandra.Things.ASK;
import static org.pharos.transforms.cassandra.Things.ask;
import static org.pharos.transforms.cassandra.Things.thing;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Things.InOneBundle;

@WithCassandra
class LookupRowsTest implements Serializable {

  @DefaultSchema(RecordSchema.class)
  record Ask(String note, @Nullable Integer k, @Nullable Integer c) {}

  private static final Schema ASK_ONE =
      Schema.builder().addStringField("note").addInt32Field("k").addInt32Field("c").build();

  private final transient Pipeline pipeline = Pipelines.create();
  private final transient Table table;
  private final transient CassandraConnection connection;

  LookupRowsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = Things.table(keyspace);
    connection = TestConnections.to(cluster);
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    Things.fill(keyspace);
    for (int c = 0; c < 1200; c++) {
      keyspace.execute("INSERT INTO things (k, c, v) VALUES (100, ?, 'many')", c);
    }
  }

  private LookupRows lookup() {
    return LookupRows.of(table).from(connection);
  }

  private PCollection<Row> create(Schema schema, List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
  }

  private static Row askOne(String note, int k, int c) {
    return Row.withSchema(ASK_ONE).addValues(note, k, c).build();
  }

  @Test
  void finds_rows_by_their_full_key_and_tells_missing_ones_apart() {
    PCollection<Row> asked =
        create(
            ASK_ONE,
            List.of(askOne("a", 1, 0), askOne("b", 3, 2), askOne("c", 3, 9), askOne("d", 77, 0)));
    LookupRows.Result result = asked.apply(lookup());
    PAssert.that(result.found())
        .containsInAnyOrder(
            List.of(
                KV.of(askOne("a", 1, 0), thing(table, 1, 0)),
                KV.of(askOne("b", 3, 2), thing(table, 3, 2))));
    PAssert.that(result.missing()).containsInAnyOrder(askOne("c", 3, 9), askOne("d", 77, 0));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void finds_every_row_of_a_partition() {
    List<Row> asked = IntStream.range(0, 60).mapToObj(k -> ask("n" + k, k)).toList();
    LookupRows.Result result = create(ASK, asked).apply(lookup());
    List<KV<Row, Row>> found = new ArrayList<>();
    List<Row> missing = new ArrayList<>();
    for (int k = 0; k < 60; k++) {
      int rows = k < 50 ? k % 4 : 0;
      for (int c = 0; c < rows; c++) {
        found.add(KV.of(ask("n" + k, k), thing(table, k, c)));
      }
      if (rows == 0) {
        missing.add(ask("n" + k, k));
      }
    }
    PAssert.that(result.found()).containsInAnyOrder(found);
    PAssert.that(result.missing()).containsInAnyOrder(missing);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_large_partition_comes_in_parts_for_everyone_who_asked() {
    LookupRows.Result result = create(ASK, List.of(ask("a", 100), ask("b", 100))).apply(lookup());
    PAssert.that(result.found())
        .satisfies(
            found -> {
              assertThat(found).hasSize(2400).doesNotHaveDuplicates();
              return null;
            });
    PAssert.that(result.missing()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_key_that_comes_again_in_a_bundle_is_asked_for_once() {
    PCollection<Row> asked =
        pipeline
            .apply(Create.of(1))
            .apply(
                ParDo.of(
                    new InOneBundle(
                        IntStream.range(0, 900).mapToObj(i -> ask("n" + i, i % 3)).toList())))
            .setRowSchema(ASK);
    LookupRows.Result result = asked.apply(lookup().withMaxInFlight(2));
    PAssert.that(result.found())
        .satisfies(
            found -> {
              assertThat(found).hasSize(900);
              return null;
            });
    PAssert.that(result.missing())
        .satisfies(
            missing -> {
              assertThat(missing).hasSize(300);
              return null;
            });
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(Metrics.counter(run, "read_requests")).isEqualTo(3);
    assertThat(Metrics.counter(run, "lookups_found")).isEqualTo(600);
    assertThat(Metrics.counter(run, "lookups_missing")).isEqualTo(300);
  }

  @Test
  void looks_records_up_and_reads_only_the_columns_asked_for() {
    PCollection<Ask> asked = pipeline.apply(Create.of(new Ask("x", 2, 1), new Ask("y", 2, 5)));
    LookupRows.Result result = asked.apply(lookup().withColumns("v"));
    Schema v = Schema.builder().addNullableStringField("v").build();
    PAssert.that(result.found())
        .satisfies(
            found -> {
              KV<Row, Row> only = found.iterator().next();
              assertThat(only.getKey().getString("note")).isEqualTo("x");
              assertThat(only.getValue()).isEqualTo(Row.withSchema(v).addValue("2/1").build());
              return null;
            });
    PAssert.that(result.missing())
        .satisfies(
            missing -> {
              assertThat(missing).extracting(row -> row.getString("note")).containsExactly("y");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void the_left_join_keeps_every_element() {
    PCollection<Row> joined =
        create(ASK, List.of(ask("none", 0), ask("two", 2))).apply(lookup().joining("thing"));
    Schema schema =
        Schema.builder()
            .addStringField("note")
            .addNullableInt32Field("k")
            .addNullableField("thing", Schema.FieldType.row(table.rowSchema()))
            .build();
    assertThat(joined.getSchema()).isEqualTo(schema);
    PAssert.that(joined)
        .containsInAnyOrder(
            Row.withSchema(schema).addValues("none", 0, null).build(),
            Row.withSchema(schema).addValues("two", 2, thing(table, 2, 0)).build(),
            Row.withSchema(schema).addValues("two", 2, thing(table, 2, 1)).build());
    pipeline.run().waitUntilFinish();
  }
}
