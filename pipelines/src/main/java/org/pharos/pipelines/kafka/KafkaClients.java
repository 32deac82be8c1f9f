package org.pharos.pipelines.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.pharos.pipelines.BadOption;

/**
 * The settings that consumers and producers of a pipeline share, free of secrets: they travel with
 * the pipeline. Where a password is needed they hold a reference, {@code ${env:NAME}} or {@code
 * ${file:PATH:KEY}}, which Kafka's own configuration providers resolve on each worker.
 *
 * @param bootstrapServers brokers to begin with, with commas between them
 * @param config the other settings
 */
public record KafkaClients(String bootstrapServers, Map<String, String> config)
    implements Serializable {

  private static final Map<String, String> PROVIDERS =
      Map.of(
          AbstractConfig.CONFIG_PROVIDERS_CONFIG,
          "env,file",
          AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".env.class",
          EnvVarConfigProvider.class.getName(),
          AbstractConfig.CONFIG_PROVIDERS_CONFIG + ".file.class",
          FileConfigProvider.class.getName());

  /**
   * Reads the options; neither the network nor any file.
   *
   * @throws BadOption if there are no brokers, or the settings cannot be
   */
  public static KafkaClients from(KafkaOptions options) {
    List<String> servers = options.getBootstrapServers();
    if (servers == null || servers.isEmpty()) {
      throw new BadOption("bootstrapServers", "", "is needed: host:port of some brokers");
    }
    for (String server : servers) {
      if (!server.matches("\\S+:\\d{1,5}")) {
        throw new BadOption("bootstrapServers", server, "host:port is allowed");
      }
    }
    return new KafkaClients(
        String.join(",", servers),
        config(String.valueOf(options.getKafkaConfigFile()), options.getKafkaConfig()));
  }

  private static Map<String, String> config(String file, String text) {
    Properties read = new Properties();
    try {
      read.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      // Its message may quote the text, and that may hold a password.
      throw new BadOption("kafkaConfigFile", file, "is no properties file");
    }
    Map<String, String> config = new TreeMap<>();
    for (String name : read.stringPropertyNames()) {
      config.put(name, read.getProperty(name));
      check(file, name, read.getProperty(name));
    }
    if (!config.isEmpty()) {
      config.putAll(PROVIDERS);
    }
    return config;
  }

  private static void check(String file, String name, String value) {
    if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
        || name.equals(ConsumerConfig.GROUP_ID_CONFIG)
        || name.startsWith(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
      throw new BadOption("kafkaConfigFile", file, "sets " + name + ", which is not its business");
    }
    if (isSecret(name) && !value.contains("${env:") && !value.contains("${file:")) {
      throw new BadOption(
          "kafkaConfigFile",
          file,
          "has a secret at "
              + name
              + ", which would travel with the pipeline: ${env:NAME} or ${file:PATH:KEY} is"
              + " allowed there");
    }
  }

  private static boolean isSecret(String name) {
    return isSecret(ConsumerConfig.configDef(), name) || isSecret(ProducerConfig.configDef(), name);
  }

  private static boolean isSecret(ConfigDef known, String name) {
    ConfigDef.ConfigKey key = known.configKeys().get(name);
    return key == null
        ? name.matches("(?i).*(password|secret|jaas|credential).*")
        : key.type() == ConfigDef.Type.PASSWORD;
  }

  /** All settings, for a client that is made here and now. */
  public Map<String, Object> forClient() {
    Map<String, Object> all = new HashMap<>(config);
    all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return all;
  }
}
