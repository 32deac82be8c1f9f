package org.pharos.pipelines.kafka;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** What a pipeline reads from Kafka, and from where on. */
public interface KafkaSourceOptions extends KafkaOptions {
  @Description("The topics to read, with commas between them.")
  @Validation.Required
  List<String> getTopics();

  void setTopics(List<String> topics);

  @Description(
      "Where to begin when no checkpoint or savepoint and no consumer group says so: earliest,"
          + " latest, or a time in ISO-8601.")
  @Default.String("earliest")
  String getStartAt();

  void setStartAt(String start);

  @Description(
      "A consumer group to tell Kafka how far the job is, whenever a checkpoint is complete: its"
          + " lag can be watched, and a job without savepoint begins there. None by default.")
  @Nullable String getConsumerGroup();

  void setConsumerGroup(@Nullable String group);

  @Description("Read for so many seconds, then end: for tries. 0, the default: never end.")
  @Default.Integer(0)
  int getStopAfterSeconds();

  void setStopAfterSeconds(int seconds);
}
