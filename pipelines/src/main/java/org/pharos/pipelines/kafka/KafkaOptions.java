package org.pharos.pipelines.kafka;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** How a pipeline reaches Kafka. */
public interface KafkaOptions extends PipelineOptions {
  @Description("Some brokers of the Kafka cluster: host:port, with commas between them.")
  @Nullable List<String> getBootstrapServers();

  void setBootstrapServers(@Nullable List<String> servers);

  @Description(
      "A properties file with further settings of Kafka's clients. A password in it is a reference"
          + " that each worker resolves: ${env:NAME} or ${file:PATH:KEY}.")
  @Nullable String getKafkaConfigFile();

  void setKafkaConfigFile(@Nullable String path);

  @Hidden
  @Description("The text of kafkaConfigFile, as the launcher read it.")
  @Default.String("")
  String getKafkaConfig();

  void setKafkaConfig(String text);
}
