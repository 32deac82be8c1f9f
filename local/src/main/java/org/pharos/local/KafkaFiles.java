package org.pharos.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a broker reads before it starts, and its commands. */
final class KafkaFiles {
  /** Any will do, and one that stays lets a kept directory be used again. */
  private static final String CLUSTER = "cGhhcm9zLWxvY2FsLWthZg";

  private KafkaFiles() {}

  static void write(KafkaSettings settings) {
    Directories.write(
        settings.configuration().resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%1$s:%3$d
        listeners=CLIENTS://%1$s:%2$d,CONTROLLER://%1$s:%3$d
        advertised.listeners=CLIENTS://%1$s:%2$d
        listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=CLIENTS
        controller.listener.names=CONTROLLER
        log.dirs=%4$s
        num.partitions=%5$d
        offsets.topic.num.partitions=4
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(
                settings.address(),
                settings.port(),
                settings.controllerPort(),
                settings.data(),
                settings.partitions()));
  }

  /** Prepares the data directory; ends by itself. */
  static List<String> format(KafkaSettings settings, List<Path> server) {
    return command(
        settings,
        server,
        true,
        "kafka.tools.StorageTool",
        List.of("format", "-t", CLUSTER, "-c", properties(settings)));
  }

  /** The broker. */
  static List<String> command(KafkaSettings settings, List<Path> server) {
    return command(
        settings, server, settings.shortLived(), "kafka.Kafka", List.of(properties(settings)));
  }

  private static List<String> command(
      KafkaSettings settings,
      List<Path> server,
      boolean shortLived,
      String mainClass,
      List<String> arguments) {
    List<String> options = new ArrayList<>();
    options.add("-Xmx" + settings.heapMegabytes() + "m");
    options.addAll(shortLived ? ShortLived.OPTIONS : List.of("-XX:+UseSerialGC"));
    options.add("-XX:+ExitOnOutOfMemoryError");
    options.add(ConsoleLogging.option(settings.configuration()));
    return TetheredJava.command(
        options, server, settings.directory(), settings.temporary(), mainClass, arguments);
  }

  private static String properties(KafkaSettings settings) {
    return settings.configuration().resolve("server.properties").toString();
  }
}
