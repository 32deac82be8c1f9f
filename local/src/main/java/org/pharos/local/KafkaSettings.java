package org.pharos.local;

import java.nio.file.Path;

/** All that the broker needs to know before it starts. */
record KafkaSettings(
    String version,
    int port,
    int controllerPort,
    int partitions,
    int heapMegabytes,
    boolean shortLived,
    boolean temporary,
    Path directory) {

  Path log() {
    return directory.resolve("logs").resolve("server.log");
  }

  Path data() {
    return directory.resolve("data");
  }

  Path formatted() {
    return data().resolve("meta.properties");
  }

  Path configuration() {
    return directory.resolve("conf");
  }

  String address() {
    return "127.0.0.1";
  }
}
