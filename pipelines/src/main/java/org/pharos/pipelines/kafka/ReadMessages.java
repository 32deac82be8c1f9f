package org.pharos.pipelines.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.pipelines.BadOption;

/**
 * The messages of topics, as the options say. Unbounded, unless the options end it. On Flink the
 * offsets belong to the checkpoint: after a failure, or from a savepoint, reading goes on behind
 * the last message whose consequences were complete. Without either, each message is read at least
 * once from where the job begins.
 */
public final class ReadMessages
    extends PTransform<PBegin, PCollection<KafkaRecord<byte[], byte[]>>> {
  private static final long serialVersionUID = 1L;

  private static final String EARLIEST = "earliest";
  private static final String LATEST = "latest";

  private final KafkaClients clients;
  private final List<String> topics;
  private final String startAt;
  private final @Nullable String group;
  private final int stopAfterSeconds;
  private final @Nullable TimestampPolicyFactory<byte[], byte[]> times;

  private ReadMessages(
      KafkaClients clients,
      List<String> topics,
      String startAt,
      @Nullable String group,
      int stopAfterSeconds,
      @Nullable TimestampPolicyFactory<byte[], byte[]> times) {
    this.clients = clients;
    this.topics = topics;
    this.startAt = startAt;
    this.group = group;
    this.stopAfterSeconds = stopAfterSeconds;
    this.times = times;
  }

  /**
   * What the options say.
   *
   * @throws BadOption if one of them cannot be
   */
  public static ReadMessages from(KafkaSourceOptions options) {
    for (String topic : options.getTopics()) {
      if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
        throw new BadOption("topics", topic, "the name of a topic is allowed");
      }
    }
    String start = options.getStartAt();
    if (!start.equals(EARLIEST) && !start.equals(LATEST)) {
      Instant checked = time(start);
      assert checked != null;
    }
    if (options.getStopAfterSeconds() < 0) {
      throw new BadOption("stopAfterSeconds", "" + options.getStopAfterSeconds(), "0 or more");
    }
    return new ReadMessages(
        KafkaClients.from(options),
        List.copyOf(options.getTopics()),
        start,
        options.getConsumerGroup(),
        options.getStopAfterSeconds(),
        null);
  }

  /**
   * Where the times of elements and the watermark come from; by default they are the time of
   * reading.
   */
  public ReadMessages withTimes(TimestampPolicyFactory<byte[], byte[]> times) {
    return new ReadMessages(clients, topics, startAt, group, stopAfterSeconds, times);
  }

  private static Instant time(String start) {
    try {
      return Instant.parse(start);
    } catch (IllegalArgumentException e) {
      throw new BadOption(
          "startAt", start, "earliest, latest, or a time such as 2026-03-14T09:26:53Z is allowed");
    }
  }

  @Override
  public PCollection<KafkaRecord<byte[], byte[]>> expand(PBegin begin) {
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.readBytes()
            .withBootstrapServers(clients.bootstrapServers())
            .withTopics(topics)
            .withConsumerConfigUpdates(config());
    if (times != null) {
      read = read.withTimestampPolicyFactory(times);
    }
    if (!startAt.equals(EARLIEST) && !startAt.equals(LATEST)) {
      read = read.withStartReadTime(time(startAt));
    }
    if (group != null) {
      read = read.commitOffsetsInFinalize();
    }
    if (stopAfterSeconds > 0) {
      read = read.withMaxReadTime(Duration.standardSeconds(stopAfterSeconds));
    }
    return begin.apply("Read", read);
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(clients.config());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, startAt.equals(LATEST) ? LATEST : EARLIEST);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    if (group != null) {
      config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    }
    return config;
  }
}
