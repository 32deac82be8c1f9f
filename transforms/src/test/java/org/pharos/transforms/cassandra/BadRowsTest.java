package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.Writing.row;
import static org.pharos.transforms.cassandra.Writing.rows;
import static org.pharos.transforms.cassandra.Writing.select;
import static org.pharos.transforms.cassandra.Writing.write;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.errors.Reason;

/** Rows that can never be written: each a bad record with its original, or the pipeline fails. */
@WithCassandra
class BadRowsTest {
  private static final Schema ROW =
      Schema.builder()
          .addNullableField("k", FieldType.STRING)
          .addNullableField("c", FieldType.STRING)
          .addNullableField("id", FieldType.logicalType(new UuidLogicalType()))
          .addNullableField("tags", FieldType.array(FieldType.STRING.withNullable(true)))
          .addNullableField("blob", FieldType.BYTES)
          .build();
  private static final UUID RANDOM = UUID.fromString("7f0a5c52-2b2e-4d0c-9d5c-6c6f0a3b6a11");

  private static Table table(TestKeyspace keyspace, String name) {
    Table table =
        Table.named(keyspace.name(), name)
            .partitionKey("k", CqlType.TEXT)
            .clusteringKey("c", CqlType.TEXT)
            .column("id", CqlType.TIMEUUID)
            .column("tags", CqlType.list(CqlType.TEXT))
            .column("blob", CqlType.BLOB)
            .build();
    TestConnections.create(keyspace, table);
    return table;
  }

  @Test
  void each_is_set_aside_with_its_reason(TestKeyspace keyspace) {
    Table table = table(keyspace, "reasons");
    String longText = "x".repeat(70_000);
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(
                pipeline,
                ROW,
                row(ROW, "fine", "c", null, List.of("a"), new byte[1_000_000]),
                row(ROW, null, "c", null, null, null),
                row(ROW, "no clustering", null, null, null, null),
                row(ROW, "type", "c", RANDOM, null, null),
                row(ROW, "element", "c", null, Arrays.asList("a", null), null),
                row(ROW, "value", "c", null, null, new byte[(16 << 20) + 1]),
                row(ROW, longText, "c", null, null, null),
                row(ROW, "clustering", longText, null, null, null))
            .apply(write(table, keyspace).withErrorHandler(bad.handler()));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 7, 0, 0, 0));
    PAssert.that(bad.texts())
        .satisfies(
            texts -> {
              assertThat(texts)
                  .anySatisfy(
                      text ->
                          assertThat(text).contains("| KEY | column k of the key is null <- null"))
                  .anySatisfy(
                      text ->
                          assertThat(text)
                              .contains("| KEY | column c of the key is null <- no clustering"))
                  .anySatisfy(
                      text ->
                          assertThat(text)
                              .contains("| MAPPING | column id: a UUID of version 4 does not fit")
                              .endsWith("<- type"))
                  .anySatisfy(
                      text ->
                          assertThat(text)
                              .contains("| MAPPING | column tags: a null element does not fit")
                              .endsWith("<- element"))
                  .anySatisfy(
                      text ->
                          assertThat(text)
                              .contains("| TOO_LARGE | 16777223 bytes of values")
                              .endsWith("<- value"))
                  .anySatisfy(
                      text ->
                          assertThat(text).contains("| TOO_LARGE | 70000 bytes of partition key"))
                  .anySatisfy(
                      text -> assertThat(text).contains("| REFUSED | ").endsWith("<- clustering"));
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM reasons")).containsExactly("fine");
  }

  /** Each version of Cassandra has its own way to say so, if it does. */
  @Test
  void a_row_that_is_too_large_by_what_is_stored_around_it_is_a_bad_record(TestKeyspace keyspace) {
    Table table = table(keyspace, "around");
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(
                pipeline,
                ROW,
                row(ROW, "fine", "c", null, null, null),
                row(ROW, "large", "c", null, null, new byte[(16 << 20) - 20]))
            .apply(write(table, keyspace).withErrorHandler(bad.handler()));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(1, 1, 0, 0, 0));
    PAssert.that(bad.texts())
        .satisfies(
            texts -> {
              assertThat(texts)
                  .singleElement(InstanceOfAssertFactories.STRING)
                  .contains("| TOO_LARGE | ")
                  .endsWith("<- large");
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM around")).containsExactly("fine");
  }

  private static final class Originals
      extends PTransform<PCollection<BadRecord>, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<Row> expand(PCollection<BadRecord> bad) {
      return bad.apply(
              MapElements.into(org.apache.beam.sdk.values.TypeDescriptors.rows())
                  .via(record -> BadRecordTexts.original(record, ROW)))
          .setRowSchema(ROW);
    }
  }

  @Test
  void the_original_row_can_be_decoded_from_the_bad_record(TestKeyspace keyspace) throws Exception {
    Table table = table(keyspace, "originals");
    Row original = row(ROW, "type", "c", RANDOM, List.of("a"), new byte[] {1, 2});
    Pipeline pipeline = Pipelines.create();
    ErrorHandler<BadRecord, PCollection<Row>> handler =
        pipeline.registerBadRecordErrorHandler(new Originals());
    rows(pipeline, ROW, original).apply(write(table, keyspace).withErrorHandler(handler));
    handler.close();
    PAssert.that(handler.getOutput()).containsInAnyOrder(original);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void without_a_handler_the_pipeline_fails_and_names_table_column_and_remedy(
      TestKeyspace keyspace) {
    Table table = table(keyspace, "failing");
    Pipeline pipeline = Pipelines.create();
    rows(pipeline, ROW, row(ROW, null, "c", null, null, null)).apply(write(table, keyspace));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining("WriteTable " + table.qualifiedName() + " | KEY | column k")
        .hasStackTraceContaining("withErrorHandler(...)");
  }

  @Test
  void a_row_for_another_table_or_with_a_stranger_s_value_is_bad(TestKeyspace keyspace) {
    Table table = table(keyspace, "first");
    Table other = Table.named(keyspace.name(), "second").partitionKey("k", CqlType.TEXT).build();
    TestConnections.create(keyspace, other);
    Schema schema =
        Schema.builder().addStringField("k").addNullableField("c", FieldType.STRING).build();
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    WriteResult result =
        rows(
                pipeline,
                schema,
                row(schema, "first", "c"),
                row(schema, "second", null),
                row(schema, "second", "c"),
                row(schema, "third", null))
            .apply(
                WriteTable.toEach(row -> row.getString("k"), table, other)
                    .to(Writing.connection(keyspace))
                    .withErrorHandler(bad.handler()));
    bad.close();
    PAssert.that(result.counts()).containsInAnyOrder(new WriteCounts(2, 2, 0, 0, 0));
    PAssert.that(bad.texts())
        .satisfies(
            texts -> {
              assertThat(texts)
                  .anySatisfy(text -> assertThat(text).contains("field c is no column of"))
                  .anySatisfy(text -> assertThat(text).contains("the table third is none of"))
                  .hasSize(2);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void what_a_function_of_the_row_throws_makes_the_row_bad(TestKeyspace keyspace) {
    Table table = Table.named(keyspace.name(), "functions").partitionKey("k", CqlType.TEXT).build();
    TestConnections.create(keyspace, table);
    Schema schema = table.rowSchema();
    Pipeline pipeline = Pipelines.create();
    BadRecordTexts bad = BadRecordTexts.of(pipeline);
    rows(pipeline, schema, row(schema, "12"), row(schema, "a"))
        .apply(
            write(table, keyspace)
                .byEventTime(EventTime.by(row -> new Instant(Long.parseLong(row.getString("k")))))
                .withErrorHandler(bad.handler()));
    bad.close();
    PAssert.that(bad.texts())
        .containsInAnyOrder(
            bad.text(
                table,
                Reason.TIME,
                "the event time could not be computed: For input string: \"a\"",
                "a"));
    pipeline.run().waitUntilFinish();
    assertThat(select(keyspace, "SELECT k FROM functions")).containsExactly("12");
  }
}
