package org.pharos.pipelines.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.pharos.local.LocalKafka;

/** One Kafka for all tests of a JVM, which ends with it. */
public final class SharedKafka {
  private static final LocalKafka BROKER = LocalKafka.builder().shortLived(true).start();

  private SharedKafka() {}

  /** Where clients connect first. */
  public static String bootstrapServers() {
    return BROKER.bootstrapServers();
  }

  /** Creates a topic. */
  public static void create(String topic, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(Set.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends messages and waits until the broker has them. */
  public static void send(List<ProducerRecord<byte[], byte[]>> messages) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            new HashMap<>(Map.of("bootstrap.servers", bootstrapServers(), "acks", "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      messages.forEach(
          message -> {
            var ignored = producer.send(message);
          });
      producer.flush();
    }
  }

  /** What a topic holds by now in its partitions 0 to n - 1. */
  static List<ConsumerRecord<byte[], byte[]>> read(String topic, int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(Map.of("bootstrap.servers", bootstrapServers())),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        all.add(new TopicPartition(topic, i));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
      return read;
    }
  }
}
