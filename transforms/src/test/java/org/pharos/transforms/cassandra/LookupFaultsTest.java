package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Things.ASK;
import static org.pharos.transforms.cassandra.Things.ask;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;
import org.pharos.transforms.errors.Rejection;

@WithCassandra
class LookupFaultsTest implements Serializable {

  private final transient Pipeline pipeline = Pipelines.create();
  private final transient Table table;
  private final transient CassandraConnection connection;

  LookupFaultsTest(TestKeyspace keyspace, CassandraCluster cluster) {
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

  private PCollection<Row> create(Schema schema, List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
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
