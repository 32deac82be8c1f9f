package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Keys;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.RecordSchema;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

@WithCassandra
class LookupRowsTest implements Serializable {

  @DefaultSchema(RecordSchema.class)
  record Ask(String note, @Nullable Integer k, @Nullable Integer c) {}

  private static final Schema ASK =
      Schema.builder().addStringField("note").addNullableInt32Field("k").build();

  private static final Schema ASK_ONE =
      Schema.builder().addStringField("note").addInt32Field("k").addInt32Field("c").build();

  private final transient Pipeline pipeline = Pipelines.create();
  private final transient Table table;
  private final transient CassandraConnection connection;

  LookupRowsTest(TestKeyspace keyspace, CassandraCluster cluster) {
    table = table(keyspace);
    connection = TestConnections.to(cluster);
  }

  private static Table table(TestKeyspace keyspace) {
    return Table.named(keyspace.name(), "things")
        .partitionKey("k", CqlType.INT)
        .clusteringKey("c", CqlType.INT)
        .column("v", CqlType.TEXT)
        .build();
  }

  /** Partition k of 0 to 49 has k % 4 rows; partition 100 has 1200. */
  @BeforeAll
  static void fill(TestKeyspace keyspace) {
    table(keyspace).createStatements().forEach(statement -> keyspace.execute(statement));
    for (int k = 0; k < 50; k++) {
      for (int c = 0; c < k % 4; c++) {
        keyspace.execute("INSERT INTO things (k, c, v) VALUES (?, ?, ?)", k, c, k + "/" + c);
      }
    }
    for (int c = 0; c < 1200; c++) {
      keyspace.execute("INSERT INTO things (k, c, v) VALUES (100, ?, 'many')", c);
    }
  }

  private LookupRows lookup() {
    return LookupRows.of(table).from(connection);
  }

  private static Row ask(String note, @Nullable Integer k) {
    return Row.withSchema(ASK).addValues(note, k).build();
  }

  private static Row askOne(String note, int k, int c) {
    return Row.withSchema(ASK_ONE).addValues(note, k, c).build();
  }

  private Row thing(int k, int c) {
    return Row.withSchema(table.rowSchema()).addValues(k, c, k + "/" + c).build();
  }

  private PCollection<Row> create(Schema schema, List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
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
            List.of(KV.of(askOne("a", 1, 0), thing(1, 0)), KV.of(askOne("b", 3, 2), thing(3, 2))));
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
        found.add(KV.of(ask("n" + k, k), thing(k, c)));
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
                    new OneBundle(
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
            Row.withSchema(schema).addValues("two", 2, thing(2, 0)).build(),
            Row.withSchema(schema).addValues("two", 2, thing(2, 1)).build());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void results_keep_window_and_timestamp_when_timestamps_fall_within_a_bundle() {
    // Two windows, and time runs backwards; few in flight, so that results leave in between.
    List<Row> asked = IntStream.range(0, 200).mapToObj(i -> ask("n" + i, i % 50)).toList();
    PCollection<Row> windowed =
        pipeline
            .apply(Create.of(1))
            .apply(ParDo.of(new OneBundle(asked)))
            .setRowSchema(ASK)
            .apply(Window.into(FixedWindows.of(org.joda.time.Duration.millis(100))));
    LookupRows.Result result = windowed.apply(lookup().withMaxInFlight(3));
    PCollection<String> seen =
        result.missing().apply(ParDo.of(new Where())).setCoder(StringUtf8Coder.of());
    List<String> expected =
        IntStream.range(0, 200)
            .filter(i -> i % 50 % 4 == 0)
            .mapToObj(i -> "n" + i + " at " + (199 - i) + " in " + (199 - i) / 100 * 100)
            .toList();
    PAssert.that(seen).containsInAnyOrder(expected);
    PCollection<String> foundIn =
        result
            .found()
            .apply(Keys.create())
            .apply("Where found", ParDo.of(new Where()))
            .setCoder(StringUtf8Coder.of());
    PAssert.that(foundIn)
        .containsInAnyOrder(
            IntStream.range(0, 200)
                .boxed()
                .flatMap(
                    i ->
                        IntStream.range(0, i % 50 % 4)
                            .mapToObj(
                                c -> "n" + i + " at " + (199 - i) + " in " + (199 - i) / 100 * 100))
                .toList());
    pipeline.run().waitUntilFinish();
  }

  /** Emits rows in one bundle with falling timestamps. */
  static final class OneBundle extends DoFn<Integer, Row> {
    private final List<Row> rows;

    OneBundle(List<Row> rows) {
      this.rows = new ArrayList<>(rows);
    }

    @ProcessElement
    public void process(OutputReceiver<Row> out) {
      for (int i = 0; i < rows.size(); i++) {
        out.outputWithTimestamp(rows.get(i), new Instant(rows.size() - 1 - i));
      }
    }

    @Override
    @Deprecated
    public org.joda.time.Duration getAllowedTimestampSkew() {
      return org.joda.time.Duration.millis(Long.MAX_VALUE);
    }
  }

  static final class Where extends DoFn<Row, String> {
    @ProcessElement
    public void process(
        @Element Row row, @Timestamp Instant at, BoundedWindow in, OutputReceiver<String> out) {
      out.output(
          row.getString("note")
              + " at "
              + at.getMillis()
              + " in "
              + ((IntervalWindow) in).start().getMillis());
    }
  }

  @Test
  void results_keep_their_pane() {
    PCollection<Row> fired =
        create(ASK, IntStream.range(0, 20).mapToObj(k -> ask("n", k)).toList())
            .apply(WithKeys.of("all"))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), RowCoder.of(ASK)))
            .apply(GroupByKey.create())
            .apply(ParDo.of(new WithPane()))
            .setRowSchema(ASK);
    PCollection<Boolean> same =
        fired.apply(lookup().withMaxInFlight(2)).missing().apply(ParDo.of(new SamePane()));
    PAssert.that(same).containsInAnyOrder(true, true, true, true, true);
    pipeline.run().waitUntilFinish();
  }

  static final class WithPane extends DoFn<KV<String, Iterable<Row>>, Row> {
    @ProcessElement
    public void process(
        @Element KV<String, Iterable<Row>> group, PaneInfo pane, OutputReceiver<Row> out) {
      group.getValue().forEach(row -> out.output(ask(pane.toString(), row.getInt32("k"))));
    }
  }

  static final class SamePane extends DoFn<Row, Boolean> {
    @ProcessElement
    public void process(@Element Row row, PaneInfo pane, OutputReceiver<Boolean> out) {
      out.output(pane.toString().equals(row.getString("note")) && !pane.equals(PaneInfo.NO_FIRING));
    }
  }

  @Test
  void a_null_key_fails_the_pipeline_and_says_how_to_set_it_aside() {
    LookupRows.Result ignored = create(ASK, List.of(ask("bad", null))).apply(lookup());
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining(
            "LookupRows " + table.qualifiedName() + " | KEY | key column k is null")
        .hasStackTraceContaining("withErrorHandler");
  }

  /** Keeps what was wrong, for the test to look at. */
  static final class Rejections extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      PCollection<String> texts =
          bad.apply(
              MapElements.into(TypeDescriptors.strings())
                  .via(
                      record ->
                          Rejection.of(record).reason()
                              + " "
                              + record.getRecord().getHumanReadableJsonRecord()));
      PAssert.that(texts).containsInAnyOrder(Reason.KEY + " {\"note\":\"bad\",\"k\":null}");
      return texts;
    }
  }

  @Test
  void a_null_key_goes_to_the_error_handler_with_its_original() throws Exception {
    LookupRows.Result result;
    try (ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Rejections())) {
      result =
          create(ASK, List.of(ask("good", 2), ask("bad", null)))
              .apply(lookup().withErrorHandler(handler));
    }
    PAssert.that(result.found())
        .satisfies(
            found -> {
              assertThat(found).hasSize(2);
              return null;
            });
    PAssert.that(result.missing()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void look_ups_that_time_out_are_repeated() {
    List<Row> asked = IntStream.range(0, 50).mapToObj(k -> ask("n" + k, k)).toList();
    LookupRows.Result result =
        create(ASK, asked)
            .apply(
                lookup()
                    .through(
                        session ->
                            new FailingRequests(session, (number, sent) -> number % 3 == 0)));
    PAssert.that(result.found())
        .satisfies(
            found -> {
              assertThat(StreamSupport.stream(found.spliterator(), false).toList())
                  .hasSize(IntStream.range(0, 50).map(k -> k % 4).sum())
                  .doesNotHaveDuplicates();
              return null;
            });
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(Metrics.counter(run, "read_retries_transient")).isGreaterThan(5);
  }

  @Test
  void elements_without_the_key_are_refused_while_assembling() {
    PCollection<Row> asked =
        create(
            Schema.builder().addStringField("c").build(),
            List.of(
                Row.withSchema(Schema.builder().addStringField("c").build())
                    .addValue("x")
                    .build()));
    assertThatThrownBy(() -> asked.apply(lookup()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column k is not in the input, only [c]")
        .hasMessageContaining("column c int takes INT32, not STRING");
    assertThatThrownBy(() -> lookup().by("c"))
        .hasMessageContaining("looked up by [k]")
        .hasMessageContaining("not by [c]");
    assertThatThrownBy(() -> lookup().withMaxInFlight(0)).hasMessageContaining("1 to 10000, not 0");
    assertThatThrownBy(() -> lookup().withCache(0, Duration.ofSeconds(1)))
        .hasMessageContaining("at least a row");
  }
}
