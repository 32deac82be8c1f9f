package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Map;

/** The driver's settings where its own defaults do not suit a pipeline; the user's text wins. */
final class DriverDefaults {

  private DriverDefaults() {}

  static DriverConfigLoader loader(String userText) {
    Config config =
        ConfigFactory.parseString(userText)
            .withFallback(
                ConfigFactory.parseMap(settings(Runtime.getRuntime().availableProcessors())))
            .atPath(DriverText.ROOT);
    return DriverConfigLoader.fromString(config.root().render(ConfigRenderOptions.concise()));
  }

  private static Map<String, Object> settings(int cores) {
    return Map.ofEntries(
        // Longer than a server's own limits (5 s for a read, 10 s for a range, 2 s for a write), so
        // that the server says what happened instead of the client guessing.
        Map.entry("basic.request.timeout", "12 seconds"),
        Map.entry("basic.request.consistency", "LOCAL_QUORUM"),
        // Each door says so for each statement: only it knows.
        Map.entry("basic.request.default-idempotence", false),
        Map.entry("basic.config-reload-interval", 0),
        // All transforms of a JVM share the session: one connection a node would be their funnel.
        Map.entry("advanced.connection.pool.local.size", Math.max(2, Math.min(8, cores))),
        Map.entry("advanced.connection.max-requests-per-connection", 2048),
        Map.entry("advanced.reconnection-policy.base-delay", "500 milliseconds"),
        Map.entry("advanced.reconnection-policy.max-delay", "15 seconds"),
        // A node that vanished without a word is noticed before requests pile up on it.
        Map.entry("advanced.heartbeat.interval", "10 seconds"),
        Map.entry("advanced.heartbeat.timeout", "5 seconds"),
        // Each worker preparing on each node is a storm in a large cluster; a node that does not
        // know a statement asks for it once.
        Map.entry("advanced.prepared-statements.prepare-on-all-nodes", false),
        // The token map needs the keyspaces, and schemas of thousands of tables take their time.
        Map.entry("advanced.metadata.schema.request-timeout", "30 seconds"),
        // Else each statement that changes the schema waits a second for others to join it.
        Map.entry("advanced.metadata.schema.debouncer.window", "20 milliseconds"),
        Map.entry("advanced.control-connection.timeout", "10 seconds"),
        Map.entry("advanced.control-connection.schema-agreement.timeout", "30 seconds"),
        Map.entry("advanced.request.warn-if-set-keyspace", false),
        // A JVM may well serve pipelines over several connections.
        Map.entry("advanced.session-leak.threshold", 0),
        Map.entry("advanced.monitor-reporting.enabled", false),
        // Neither a worker's end nor a test's waits for the driver.
        Map.entry("advanced.netty.daemon", true),
        Map.entry("advanced.netty.io-group.size", Math.max(2, Math.min(8, cores))),
        Map.entry("advanced.netty.io-group.shutdown.quiet-period", 0),
        Map.entry("advanced.netty.admin-group.shutdown.quiet-period", 0));
  }
}
