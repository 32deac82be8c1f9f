package org.pharos.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaRecordCoder;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

class DecodeEventsTest {
  private static final Table TABLE =
      Table.named("k", "visits")
          .partitionKey("visitor", CqlType.TEXT)
          .column("seconds", CqlType.INT)
          .build();

  private static KafkaRecord<byte[], byte[]> message(
      long offset, @Nullable String key, @Nullable String value) {
    return new KafkaRecord<>(
        "visits",
        3,
        offset,
        1500,
        KafkaTimestampType.CREATE_TIME,
        new RecordHeaders(),
        bytes(key),
        bytes(value));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // read only
  private static PCollection<KafkaRecord<byte[], byte[]>> messages(
      Pipeline pipeline, KafkaRecord<byte[], byte[]>... messages) {
    return pipeline.apply(
        Create.of(List.of(messages))
            .withCoder(
                KafkaRecordCoder.of(
                    NullableCoder.of(ByteArrayCoder.of()), NullableCoder.of(ByteArrayCoder.of()))));
  }

  private static final class Details
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<String> expand(PCollection<BadRecord> bad) {
      return bad.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  record ->
                      record.getFailure().getDescription()
                          + " <- "
                          + record.getRecord().getHumanReadableJsonRecord()));
    }
  }

  @Test
  void events_become_rows_that_hold_their_message_and_others_are_set_aside() {
    Pipeline pipeline = Pipeline.create();
    DecodeEvents decode = DecodeEvents.into(TABLE, new JsonFormat()).withKeyColumn("visitor");
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new Details());
    PCollection<String> rows =
        messages(
                pipeline,
                message(1, "ada", "{\"seconds\": 7}"),
                message(2, null, "{\"seconds\": null}"),
                message(3, "bob", null),
                message(4, "bob", "[7]"),
                message(5, "bob", "{\"seconds\": x}"),
                message(6, "bob", "{\"seconds\": \"long\"}"))
            .apply(decode.withErrorHandler(handler))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        row -> {
                          Row message = row.getRow(DecodeEvents.MESSAGE);
                          List<@Nullable Object> cells = new ArrayList<>(row.getValues());
                          return cells.subList(0, 2)
                              + " of "
                              + (message == null ? null : message.getValues().subList(0, 4));
                        }));
    handler.close();

    PAssert.that(rows)
        .containsInAnyOrder(
            "[ada, 7] of [visits, 3, 1, 1970-01-01T00:00:01.500Z]",
            "[null, null] of [visits, 3, 2, 1970-01-01T00:00:01.500Z]");
    PAssert.that(handler.getOutput())
        .satisfies(
            details -> {
              assertThat(details)
                  .satisfiesExactlyInAnyOrder(
                      text ->
                          assertThat(text)
                              .startsWith("DecodeEvents | MAPPING | the message has no value <- {")
                              .contains("\"offset\":3"),
                      text ->
                          assertThat(text)
                              .startsWith("DecodeEvents | MAPPING | the value is no JSON object <-")
                              .contains("\"offset\":4"),
                      text ->
                          assertThat(text)
                              .startsWith(
                                  "DecodeEvents | MAPPING | the value is no JSON: wrong at byte ")
                              .contains("\"offset\":5"),
                      text ->
                          assertThat(text)
                              .startsWith(
                                  "DecodeEvents | MAPPING | a JSON string that does not fit column"
                                      + " seconds int <-")
                              .contains("\"offset\":6"));
              return null;
            });
    var ignored = pipeline.run().waitUntilFinish();
  }

  @Test
  void without_a_handler_the_pipeline_fails_and_tells_where_the_message_lies() {
    Pipeline pipeline = Pipeline.create();
    var ignored =
        messages(pipeline, message(4, null, "no"))
            .apply(DecodeEvents.into(TABLE, new JsonFormat()));

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining(
            "(message at offset 4 of partition 3 of topic visits); --deadLetterTopic or"
                + " --deadLetterTable sets such messages aside");
  }
}
