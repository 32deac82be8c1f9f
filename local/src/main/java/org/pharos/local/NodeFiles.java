package org.pharos.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that a node reads when it starts. */
final class NodeFiles {
  private NodeFiles() {}

  static void write(NodeSettings node) throws IOException {
    Path configuration = Files.createDirectories(node.configuration());
    Files.createDirectories(node.log().getParent());
    Files.writeString(configuration.resolve("cassandra.yaml"), yaml(node));
    Files.writeString(
        configuration.resolve("cassandra-rackdc.properties"),
        "dc=%s%nrack=%s%n".formatted(node.datacenter(), node.rack()));
    Files.writeString(configuration.resolve("logback.xml"), logback(node));
    if (node.certificates() != null) {
      Files.copy(node.certificates().node(), node.keyStore(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static String yaml(NodeSettings node) {
    CassandraVersion version = node.version();
    StringBuilder yaml =
        new StringBuilder(
            """
            cluster_name: pharos %d
            num_tokens: %d
            initial_token: %s
            partitioner: org.apache.cassandra.dht.Murmur3Partitioner
            auto_bootstrap: false
            endpoint_snitch: GossipingPropertyFileSnitch
            seed_provider:
              - class_name: org.apache.cassandra.locator.SimpleSeedProvider
                parameters: [{seeds: "%s"}]
            listen_address: %s
            rpc_address: %s
            native_transport_port: %d
            storage_port: %d
            commitlog_sync: periodic
            auto_snapshot: false
            concurrent_compactors: 1
            data_file_directories: [%s]
            commitlog_directory: %s
            saved_caches_directory: %s
            hints_directory: %s
            cdc_raw_directory: %s
            """
                .formatted(
                    node.storagePort(),
                    node.tokens().size(),
                    node.tokens().stream().map(String::valueOf).collect(Collectors.joining(",")),
                    node.seeds().stream()
                        .map(seed -> seed + ":" + node.storagePort())
                        .collect(Collectors.joining(",")),
                    node.address(),
                    node.address(),
                    node.nativePort(),
                    node.storagePort(),
                    quoted(node, "data"),
                    quoted(node, "commitlog"),
                    quoted(node, "saved_caches"),
                    quoted(node, "hints"),
                    quoted(node, "cdc_raw")));
    if (node.authentication()) {
      yaml.append("authenticator: PasswordAuthenticator\nauthorizer: CassandraAuthorizer\n");
    }
    if (node.certificates() != null) {
      yaml.append(encryption(node, node.certificates()));
    }
    if (node.alone()) {
      // Nobody else to wait for: more threads than the processors keep busy only take turns.
      int threads = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
      for (String pool :
          List.of("native_transport_max_threads", "concurrent_reads", "concurrent_writes")) {
        yaml.append(pool).append(": ").append(threads).append('\n');
      }
    }
    byVersion(version).forEach(line -> yaml.append(line).append('\n'));
    return with(node.further(), yaml.toString());
  }

  /** A setting that is given takes the place of ours. */
  private static String with(Map<String, String> further, String yaml) {
    StringBuilder changed = new StringBuilder();
    yaml.lines()
        .filter(line -> !further.containsKey(line.substring(0, Math.max(0, line.indexOf(':')))))
        .forEach(line -> changed.append(line).append('\n'));
    further.forEach((name, value) -> changed.append(name + ": " + value + "\n"));
    return changed.toString();
  }

  private static String encryption(NodeSettings node, Certificates certificates) {
    return """
    client_encryption_options:
      enabled: true
      optional: %b
      require_client_auth: %b
      keystore: %s
      keystore_password: '%s'
      truststore: %s
      truststore_password: '%s'
      store_type: PKCS12
    """
        .formatted(
            node.encryption() == ClientEncryption.OPTIONAL,
            node.encryption() == ClientEncryption.MUTUAL,
            quoted(node.keyStore()),
            certificates.password(),
            quoted(certificates.trustStore()),
            certificates.password());
  }

  /**
   * Other names for the same things, and what only newer servers have. A busy machine gets longer
   * timeouts.
   */
  private static List<String> byVersion(CassandraVersion version) {
    if (!version.atLeast(4, 1)) {
      return List.of(
          "commitlog_sync_period_in_ms: 10000",
          "read_request_timeout_in_ms: 10000",
          "range_request_timeout_in_ms: 10000",
          "write_request_timeout_in_ms: 5000",
          "enable_materialized_views: true");
    }
    List<String> named =
        List.of(
            "commitlog_sync_period: 10000ms",
            "read_request_timeout: 10000ms",
            "range_request_timeout: 10000ms",
            "write_request_timeout: 5000ms",
            "materialized_views_enabled: true");
    if (!version.atLeast(5, 0)) {
      return named;
    }
    return Stream.concat(
            named.stream(),
            Stream.of(
                "storage_compatibility_mode: NONE",
                "memtable: {configurations: {default: {class_name: TrieMemtable}}}"))
        .toList();
  }

  private static String quoted(NodeSettings node, String directory) {
    return quoted(node.directory().resolve(directory));
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  private static String logback(NodeSettings node) {
    return """
<configuration>
  <appender name="FILE" class="ch.qos.logback.core.FileAppender">
    <file>%s</file>
    <encoder><pattern>%%-5level [%%thread] %%date{ISO8601} %%F:%%L - %%msg%%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="FILE"/></root>
</configuration>
"""
        .formatted(node.log());
  }
}
