package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {
  private static final List<String> MESSAGES =
      IntStream.range(0, 200).mapToObj(each -> "message " + each).toList();

  @Test
  @Tag("slow")
  void what_was_sent_is_read_also_after_a_kill_and_from_a_directory_that_was_kept(
      @TempDir Path directory) throws Exception {
    Path log;
    try (LocalKafka kafka =
        LocalKafka.builder().partitions(3).shortLived(true).directory(directory).start()) {
      send(kafka, MESSAGES);
      kafka.kill();
      kafka.restart();

      assertThat(read(kafka, MESSAGES.size())).containsExactlyInAnyOrderElementsOf(MESSAGES);
      log = kafka.log();
    }
    assertThat(log).isNotEmptyFile();

    try (LocalKafka again = LocalKafka.builder().shortLived(true).directory(directory).start()) {
      assertThat(read(again, MESSAGES.size())).containsExactlyInAnyOrderElementsOf(MESSAGES);
    }
  }

  @Test
  void a_broker_leaves_nothing_behind() {
    long pid;
    Path directory;
    try (LocalKafka kafka = LocalKafka.start()) {
      pid = kafka.pid();
      directory = kafka.directory();
      assertThat(directory).isDirectory();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(directory).doesNotExist();
  }

  private static void send(LocalKafka kafka, List<String> messages) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      for (String message : messages) {
        producer.send(new ProducerRecord<>("talk", message, message)).get();
      }
    }
  }

  private static List<String> read(LocalKafka kafka, int count) {
    List<String> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "reader-" + System.nanoTime(),
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("talk"));
      Instant deadline = Instant.now().plusSeconds(60);
      while (read.size() < count && Instant.now().isBefore(deadline)) {
        consumer.poll(Duration.ofMillis(200)).forEach(message -> read.add(message.value()));
      }
    }
    return read;
  }
}
