package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.oneBundle;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.Faults.Fault;
import org.pharos.transforms.errors.Reason;

/** What a writer does when the cluster does not do what it should. */
@WithCassandra
class WriteFaultsTest {
  private static final Schema COUNT =
      Schema.builder().addStringField("k").addInt64Field("n").build();

  private static Table texts(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.INT)
            .column("v", CqlType.TEXT)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static Table counters(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .column("n", CqlType.COUNTER)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  private static List<Row> rows(Table table, int partitions, int each) {
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < each; c++) {
      for (int k = 0; k < partitions; k++) {
        rows.add(row(table.rowSchema(), "k" + k, c, "v" + k + "." + c));
      }
    }
    return rows;
  }

  @Test
  void what_may_pass_is_tried_again(TestKeyspace keyspace) {
    Table table = texts(keyspace, "again");
    Fault[] faults = {
      Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER, Fault.OVERLOADED, Fault.UNAVAILABLE, Fault.NO_NODE
    };
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(pipeline, table.rowSchema(), rows(table, 20, 5))
            .apply(
                write(table, keyspace)
                    .withExecution(
                        Faults.choosing(
                            "again",
                            (statement, count) -> count < 25 ? faults[count % 5] : Fault.NONE)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(100, 0, 0, 0, 0));
    PipelineResult run = pipeline.run();
    run.waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM again")).hasSize(100);
    assertThat(Metrics.counter(run, "write_retries_transient")).isEqualTo(15);
    assertThat(Metrics.counter(run, "write_retries_overloaded")).isEqualTo(5);
    assertThat(Metrics.counter(run, "write_retries_no_node")).isEqualTo(5);
    assertThat(Metrics.counter(run, "rows_written")).isEqualTo(100);
    assertThat(Metrics.throttled(run)).isPositive();
  }

  @Test
  void an_earlier_row_that_is_retried_late_never_beats_the_later(TestKeyspace keyspace) {
    Table table = texts(keyspace, "late");
    Schema schema = table.rowSchema();
    Pipeline pipeline = Pipeline.create();
    oneBundle(pipeline, schema, List.of(row(schema, "k", 1, "old"), row(schema, "k", 1, "new")))
        .apply(
            write(table, keyspace)
                .withExecution(
                    Faults.choosing(
                        "late",
                        (statement, count) -> {
                          if (Faults.isBatch(statement)) {
                            return Fault.TOO_LARGE;
                          }
                          return count < 5 && Faults.text(statement, "v").equals("old")
                              ? Fault.OVERLOADED
                              : Fault.NONE;
                        })));
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("late")).isGreaterThan(5);
    assertThat(select(keyspace, "SELECT v FROM late")).containsExactly("new");
  }

  private static Table lists(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.INT)
            .column("l", CqlType.list(CqlType.INT))
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  @Test
  void a_list_whose_answer_was_lost_is_written_again_and_not_doubled(TestKeyspace keyspace) {
    Table table = lists(keyspace, "lists");
    Schema schema = table.rowSchema();
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < 5; c++) {
      rows.add(row(schema, "batch", c, List.of(0)));
      rows.add(row(schema, "batch", c, List.of(c, 1, 1)));
      rows.add(row(schema, "single " + c, 0, List.of(c, 2)));
    }
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(pipeline, schema, rows)
            .apply(
                write(table, keyspace)
                    .withExecution(
                        Faults.choosing(
                            "lists",
                            (statement, count) -> count < 6 ? Fault.TIMEOUT_AFTER : Fault.NONE)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(15, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, c, l FROM lists"))
        .containsExactlyInAnyOrder(
            "batch, 0, [0, 1, 1]",
            "batch, 1, [1, 1, 1]",
            "batch, 2, [2, 1, 1]",
            "batch, 3, [3, 1, 1]",
            "batch, 4, [4, 1, 1]",
            "single 0, 0, [0, 2]",
            "single 1, 0, [1, 2]",
            "single 2, 0, [2, 2]",
            "single 3, 0, [3, 2]",
            "single 4, 0, [4, 2]");
  }

  @Test
  void a_list_with_a_timestamp_of_its_own_is_unknown_when_its_answer_was_lost(
      TestKeyspace keyspace) {
    Table table = lists(keyspace, "stamped");
    Schema schema =
        Schema.builder().addFields(table.rowSchema().getFields()).addInt64Field("t").build();
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(
                pipeline,
                schema,
                List.of(
                    row(schema, "k", 0, List.of(1, 2), 1000L),
                    row(schema, "l", 0, List.of(3, 4), 1000L)))
            .apply(
                write(table, keyspace)
                    .withTimestampFrom("t")
                    .withExecution(
                        Faults.choosing(
                            "stamped",
                            (statement, count) -> count == 0 ? Fault.TIMEOUT_AFTER : Fault.NONE)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 0, 1, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, l FROM stamped"))
        .containsExactlyInAnyOrder("k, [1, 2]", "l, [3, 4]");
  }

  @Test
  void a_batch_that_is_too_large_goes_row_by_row(TestKeyspace keyspace) {
    Table table = texts(keyspace, "apart");
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(pipeline, table.rowSchema(), rows(table, 2, 50))
            .apply(
                write(table, keyspace)
                    .withExecution(
                        Faults.choosing(
                            "apart",
                            (statement, count) ->
                                Faults.isBatch(statement) ? Fault.TOO_LARGE : Fault.NONE)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(100, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("apart")).isEqualTo(102);
    assertThat(select(keyspace, "SELECT k FROM apart")).hasSize(100);
  }

  @Test
  void one_refused_row_of_a_batch_does_not_cost_the_others(TestKeyspace keyspace) {
    Table table = texts(keyspace, "refused");
    Pipeline pipeline = Pipeline.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        oneBundle(pipeline, table.rowSchema(), rows(table, 1, 10))
            .apply(
                write(table, keyspace)
                    .withErrorHandler(bad.handler())
                    .withExecution(
                        Faults.choosing(
                            "refused",
                            (statement, count) ->
                                Faults.isBatch(statement)
                                        || Faults.text(statement, "v").equals("v0.7")
                                    ? Fault.REFUSED
                                    : Fault.NONE)));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(9, 1, 0, 0, 0));
    PAssert.that(bad.texts())
        .containsInAnyOrder(bad.text(table, Reason.REFUSED, "refused by a test", "k0"));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT c FROM refused"))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "8", "9");
  }

  @Test
  void one_refused_row_of_partitions_that_share_a_request_does_not_cost_the_others(
      TestKeyspace keyspace) {
    Table table = texts(keyspace, "shared");
    Pipeline pipeline = Pipeline.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        oneBundle(pipeline, table.rowSchema(), rows(table, 10, 1))
            .apply(
                write(table, keyspace)
                    .withErrorHandler(bad.handler())
                    .withExecution(
                        Faults.choosing(
                            "shared",
                            (statement, count) ->
                                Faults.isBatch(statement)
                                        || Faults.text(statement, "v").equals("v7.0")
                                    ? Fault.REFUSED
                                    : Fault.NONE)));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(9, 1, 0, 0, 0));
    PAssert.that(bad.texts())
        .containsInAnyOrder(bad.text(table, Reason.REFUSED, "refused by a test", "k7"));
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("shared")).isEqualTo(11);
    assertThat(select(keyspace, "SELECT k FROM shared"))
        .containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k8", "k9");
  }

  @Test
  void a_counter_whose_answer_was_lost_is_unknown_and_not_sent_again(TestKeyspace keyspace) {
    Table table = counters(keyspace, "lost_counts");
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(
                pipeline,
                COUNT,
                List.of(row(COUNT, "fine", 1L), row(COUNT, "after", 2L), row(COUNT, "before", 3L)))
            .apply(
                write(table, keyspace)
                    .incrementing("n")
                    .withExecution(
                        Faults.choosing(
                            "lost_counts",
                            (statement, count) ->
                                switch (Faults.text(statement, "k")) {
                                  case "after" -> Fault.TIMEOUT_AFTER;
                                  case "before" -> Fault.TIMEOUT_BEFORE;
                                  default -> count < 3 ? Fault.OVERLOADED : Fault.NONE;
                                })));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 0, 2, 0, 0));
    PAssert.that(result.unknown())
        .containsInAnyOrder(row(COUNT, "after", 2L), row(COUNT, "before", 3L));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, n FROM lost_counts"))
        .containsExactly("after, 2", "fine, 1");
  }

  @Test
  void counters_of_one_partition_add_up(TestKeyspace keyspace) {
    Table table = counters(keyspace, "counts");
    Pipeline pipeline = Pipeline.create();
    WriteResult result =
        oneBundle(
                pipeline,
                COUNT,
                IntStream.range(0, 300).mapToObj(i -> row(COUNT, "k" + i % 3, 2L)).toList())
            .apply(write(table, keyspace).incrementing("n"));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(300, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k, n FROM counts"))
        .containsExactly("k0, 200", "k1, 200", "k2, 200");
  }

  @Test
  @Tag("slow")
  void an_overload_that_does_not_end_fails_the_bundle_and_says_what_to_do(TestKeyspace keyspace) {
    Table table = texts(keyspace, "hopeless");
    Pipeline pipeline = Pipeline.create();
    oneBundle(pipeline, table.rowSchema(), rows(table, 1, 1))
        .apply(
            write(table, keyspace)
                .withExecution(
                    Faults.choosing("hopeless", (statement, count) -> Fault.OVERLOADED)));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("writing failed at " + table.qualifiedName())
        .hasMessageContaining("Lower withMaxInFlight or the parallelism, or add nodes")
        .rootCause()
        .hasMessageContaining("too much to do");
    assertThat(Faults.sent("hopeless")).isEqualTo(AsyncWriter.BACKOFF.attempts());
  }

  @Test
  @Tag("slow")
  void rows_wait_for_a_cluster_that_cannot_be_asked_for_a_while(TestKeyspace keyspace) {
    Table table = texts(keyspace, "away");
    Pipeline pipeline = Pipeline.create();
    int longerThanForTimeouts = AsyncWriter.BACKOFF.attempts() + 2;
    WriteResult result =
        oneBundle(pipeline, table.rowSchema(), rows(table, 1, 1))
            .apply(
                write(table, keyspace)
                    .withExecution(
                        Faults.choosing(
                            "away",
                            (statement, count) ->
                                count < longerThanForTimeouts ? Fault.NO_NODE : Fault.NONE)));
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 0, 0, 0, 0));
    pipeline.run().waitUntilFinish();
    assertThat(Faults.sent("away")).isEqualTo(longerThanForTimeouts + 1);
  }

  @Test
  void a_table_that_is_not_there_is_named_in_time(TestKeyspace keyspace) {
    Table missing = texts(keyspace, "here").inKeyspace("nowhere");
    Pipeline pipeline = Pipeline.create();
    oneBundle(pipeline, missing.rowSchema(), rows(missing, 1, 1)).apply(write(missing, keyspace));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("preparing INSERT INTO nowhere.here")
        .hasStackTraceContaining("nowhere does not exist")
        .hasStackTraceContaining("Check that the keyspace and the table are there");
  }
}
