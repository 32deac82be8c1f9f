package org.pharos.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that one node needs to know before it starts. */
record NodeSettings(
    CassandraVersion version,
    String address,
    int nativePort,
    int storagePort,
    List<String> seeds,
    List<Long> tokens,
    String datacenter,
    String rack,
    int heapMegabytes,
    boolean shortLived,
    boolean authentication,
    ClientEncryption encryption,
    @Nullable Certificates certificates,
    boolean alone,
    boolean temporary,
    Map<String, String> further,
    Path directory) {

  /** The log of the server. */
  Path log() {
    return directory.resolve("logs").resolve("system.log");
  }

  /** What the process writes to its terminal: the JVM's own complaints. */
  Path output() {
    return directory.resolve("logs").resolve("output.log");
  }

  Path configuration() {
    return directory.resolve("conf");
  }

  /** The key and certificate that the node shows; read again when it is told to. */
  Path keyStore() {
    return configuration().resolve("shown.p12");
  }

  String contactPoint() {
    return address + ":" + nativePort;
  }
}
