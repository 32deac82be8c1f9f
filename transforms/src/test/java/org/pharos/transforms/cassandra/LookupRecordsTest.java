package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.Table;

@WithCassandra
class LookupRecordsTest implements Serializable {

  @DefaultSchema(RecordSchema.class)
  record Ask(String note, @Nullable Integer k) {}

  record Thing(int c, @Nullable String v) {}

  record Wrong(int colour, long c) {}

  private final transient Pipeline pipeline = Pipelines.create();
  private final transient Table table;
  private final transient CassandraConnection connection;

  LookupRecordsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = Things.table(keyspace);
    connection = TestConnections.to(cluster);
  }

  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    Things.fill(keyspace);
  }

  private LookupRows lookup() {
    return LookupRows.of(table).from(connection);
  }

  @Test
  void finds_records_for_records_and_tells_missing_ones_apart() {
    PCollection<Ask> asked =
        pipeline.apply(Create.of(new Ask("two", 2), new Ask("none", 4), new Ask("nobody", 99)));
    LookupResult<Ask, Thing> result = asked.apply(lookup().as(Thing.class));
    PAssert.that(result.found())
        .containsInAnyOrder(
            List.of(
                KV.of(new Ask("two", 2), new Thing(0, "2/0")),
                KV.of(new Ask("two", 2), new Thing(1, "2/1"))));
    PAssert.that(result.missing()).containsInAnyOrder(new Ask("none", 4), new Ask("nobody", 99));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void finds_records_for_rows_and_reads_only_what_the_record_has() {
    PCollection<Row> asked =
        pipeline.apply(Create.of(Things.ask("a", 1)).withRowSchema(Things.ASK));
    PTransform<PCollection<Row>, LookupResult<Row, Thing>> things = lookup().as(Thing.class);
    LookupResult<Row, Thing> result = asked.apply(things);
    PAssert.that(result.found())
        .containsInAnyOrder(List.of(KV.of(Things.ask("a", 1), new Thing(0, "1/0"))));
    PAssert.that(result.missing()).empty();
    assertThat(DisplayData.from(things).items())
        .anySatisfy(
            item -> {
              assertThat(item.getKey()).isEqualTo("columns");
              assertThat(item.getValue()).isEqualTo("c, v");
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void no_elements_give_no_records() {
    PCollection<Ask> none = pipeline.apply(Create.empty(TypeDescriptor.of(Ask.class)));
    LookupResult<Ask, Thing> result = none.apply(lookup().as(Thing.class));
    PAssert.that(result.found()).empty();
    PAssert.that(result.missing()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_record_with_a_null_key_is_a_bad_record_with_its_original() {
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    LookupResult<Ask, Thing> result =
        pipeline
            .apply(Create.of(new Ask("bad", null), new Ask("good", 1)))
            .apply(lookup().withErrorHandler(bad.handler()).as(Thing.class));
    bad.close();
    PAssert.that(bad.texts())
        .containsInAnyOrder(
            "LookupRows " + table.qualifiedName() + " | KEY | key column k is null <- bad");
    PAssert.that(result.found())
        .containsInAnyOrder(List.of(KV.of(new Ask("good", 1), new Thing(0, "1/0"))));
    PAssert.that(result.missing()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void a_record_that_does_not_fit_is_refused_with_every_field() {
    assertThatThrownBy(() -> lookup().as(Wrong.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing is read for colour")
        .hasMessageContaining("c is INT32 NOT NULL, not INT64 NOT NULL");
  }
}
