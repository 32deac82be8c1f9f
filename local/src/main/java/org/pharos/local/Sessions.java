package org.pharos.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Sessions for tests. */
final class Sessions {
  private Sessions() {}

  static CqlSession open(CassandraCluster cluster) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withLocalDatacenter(cluster.datacenter())
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(30))
                    .withDuration(
                        DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(10))
                    .withDuration(
                        DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
                    .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                    // Else each CREATE TABLE waits a second for others to join it.
                    .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
                    .withInt(DefaultDriverOption.SESSION_LEAK_THRESHOLD, 0)
                    .build());
    cluster.contactPoints().forEach(each -> builder.addContactPoint(address(each)));
    cluster.login().ifPresent(login -> builder.withAuthCredentials(login.user(), login.password()));
    cluster.certificates().ifPresent(each -> builder.withSslContext(each.clientContext()));
    return builder.build();
  }

  /** {@code host:port}; the port of a lone host is 9042. */
  static InetSocketAddress address(String contactPoint) {
    int colon = contactPoint.lastIndexOf(':');
    return colon < 0
        ? new InetSocketAddress(contactPoint, 9042)
        : new InetSocketAddress(
            contactPoint.substring(0, colon), Integer.parseInt(contactPoint.substring(colon + 1)));
  }
}
