package org.pharos.pipelines.kafka;

import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** A message as it lay in Kafka: its place, its time, and the bytes of its key and value. */
public final class Messages {
  public static final String TOPIC = "topic";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /** When it was created, or appended if the topic says so; in Kafka's milliseconds. */
  public static final String TIMESTAMP = "timestamp";

  public static final String KEY = "key";
  public static final String VALUE = "value";

  /** Of the rows: place and time are never null, key and value may be. */
  public static final Schema SCHEMA =
      Schema.builder()
          .addStringField(TOPIC)
          .addInt32Field(PARTITION)
          .addInt64Field(OFFSET)
          .addDateTimeField(TIMESTAMP)
          .addNullableField(KEY, Schema.FieldType.BYTES)
          .addNullableField(VALUE, Schema.FieldType.BYTES)
          .build();

  private Messages() {}

  /** The row of a message. */
  public static Row row(KafkaRecord<byte[], byte[]> message) {
    KV<byte[], byte[]> content = message.getKV();
    return Row.withSchema(SCHEMA)
        .attachValues(
            message.getTopic(),
            message.getPartition(),
            message.getOffset(),
            Instant.ofEpochMilli(message.getTimestamp()),
            content.getKey(),
            content.getValue());
  }
}
