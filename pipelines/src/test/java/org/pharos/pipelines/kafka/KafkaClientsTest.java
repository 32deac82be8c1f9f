package org.pharos.pipelines.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.pipelines.BadOption;

class KafkaClientsTest {
  private static KafkaOptions options(String config, String... servers) {
    KafkaOptions options = PipelineOptionsFactory.as(KafkaOptions.class);
    options.setBootstrapServers(List.of(servers));
    options.setKafkaConfigFile("client.properties");
    options.setKafkaConfig(config);
    return options;
  }

  @Test
  void a_password_stays_a_reference_until_a_client_is_made(@TempDir Path folder) throws Exception {
    Path secrets = Files.writeString(folder.resolve("secrets"), "trust=hush\n");
    KafkaClients clients =
        KafkaClients.from(
            options(
                "security.protocol=SSL\nssl.truststore.password=${file:" + secrets + ":trust}\n",
                "a:9092",
                "b:9092"));

    assertThat(clients.toString()).contains("${file:").doesNotContain("hush");
    assertThat(clients.forClient())
        .containsEntry("bootstrap.servers", "a:9092,b:9092")
        .containsEntry("security.protocol", "SSL");
    var all = clients.forClient();
    all.put("key.deserializer", ByteArrayDeserializer.class);
    all.put("value.deserializer", ByteArrayDeserializer.class);
    assertThat(new ConsumerConfig(all).getPassword("ssl.truststore.password").value())
        .isEqualTo("hush");
  }

  @Test
  void a_password_in_clear_is_refused_and_not_repeated() {
    for (String name :
        List.of("ssl.key.password", "sasl.jaas.config", "ssl.truststore.password", "my.secret")) {
      assertThatThrownBy(() -> KafkaClients.from(options(name + "=hush", "a:1")))
          .isInstanceOf(BadOption.class)
          .hasMessageStartingWith("--kafkaConfigFile=client.properties: has a secret at " + name)
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void settings_that_have_an_option_are_refused() {
    assertThatThrownBy(() -> KafkaClients.from(options("bootstrap.servers=x:1", "a:1")))
        .hasMessage(
            "--kafkaConfigFile=client.properties: sets bootstrap.servers, which is not its"
                + " business");
  }

  @Test
  void brokers_are_needed_with_their_ports() {
    assertThatThrownBy(() -> KafkaClients.from(options("")))
        .hasMessageStartingWith("--bootstrapServers");
    assertThatThrownBy(() -> KafkaClients.from(options("", "a")))
        .hasMessage("--bootstrapServers=a: host:port is allowed");
  }
}
