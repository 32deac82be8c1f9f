package org.pharos.pipelines.kafka;

import java.util.HashMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Messages into the topics that each of them names. At least once: a bundle ends only when the
 * brokers have all of its messages, and one that is repeated sends them again.
 */
public final class WriteMessages
    extends PTransform<PCollection<ProducerRecord<byte[], byte[]>>, PDone> {
  private static final long serialVersionUID = 1L;

  private final KafkaClients clients;

  private WriteMessages(KafkaClients clients) {
    this.clients = clients;
  }

  /** To the brokers of these settings. */
  public static WriteMessages to(KafkaClients clients) {
    return new WriteMessages(clients);
  }

  /** The coder of what goes in. */
  public static ProducerRecordCoder<byte[], byte[]> coder() {
    return ProducerRecordCoder.of(
        NullableCoder.of(ByteArrayCoder.of()), NullableCoder.of(ByteArrayCoder.of()));
  }

  @Override
  public PDone expand(PCollection<ProducerRecord<byte[], byte[]>> messages) {
    return messages.apply(
        "Write",
        KafkaIO.<byte[], byte[]>writeRecords()
            .withBootstrapServers(clients.bootstrapServers())
            .withProducerConfigUpdates(new HashMap<>(clients.config()))
            .withKeySerializer(ByteArraySerializer.class)
            .withValueSerializer(ByteArraySerializer.class));
  }
}
