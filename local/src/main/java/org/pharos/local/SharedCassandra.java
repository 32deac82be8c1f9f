package org.pharos.local;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One cluster of a size for all tests of a JVM, started when the first one asks and ended with the
 * JVM. System properties, or environment variables, choose where a single node comes from:
 *
 * <ul>
 *   <li>{@code pharos.cassandra.contactPoints} ({@code PHAROS_CASSANDRA_CONTACT_POINTS}), {@code
 *       host:port,...}: a cluster that runs; {@code pharos.cassandra.datacenter} ({@code
 *       PHAROS_CASSANDRA_DATACENTER}) names its datacenter, dc1 unless set, and {@code
 *       PHAROS_CASSANDRA_USER} with {@code PHAROS_CASSANDRA_PASSWORD}, only as environment
 *       variables, log in;
 *   <li>{@code pharos.cassandra} ({@code PHAROS_CASSANDRA}) = {@code testcontainers}: a container,
 *       which needs the dependency org.testcontainers:cassandra and a Docker engine; without an
 *       engine tests are skipped;
 *   <li>neither: {@link LocalCassandra}. A ring is always local, since its tests stop nodes.
 * </ul>
 */
public final class SharedCassandra {
  private static final Map<Integer, Object> STARTED = new ConcurrentHashMap<>();

  private SharedCassandra() {}

  /**
   * The cluster that all tests of this JVM share.
   *
   * @throws IllegalStateException when it cannot be started or reached, at each call after the
   *     first at once
   */
  public static CassandraCluster single() {
    return started(1, SharedCassandra::choose);
  }

  /**
   * The ring of so many local nodes that all tests of this JVM share; who stops a node starts it
   * again.
   */
  public static LocalCassandra ring(int nodes) {
    return (LocalCassandra)
        started(-nodes, () -> LocalCassandra.builder().nodes(nodes).shortLived(true).start());
  }

  private static CassandraCluster started(int key, Supplier<CassandraCluster> starter) {
    Object started =
        STARTED.computeIfAbsent(
            key,
            absent -> {
              try {
                return starter.get();
              } catch (RuntimeException e) {
                // Each class would wait for the same end again.
                return e;
              }
            });
    if (started instanceof RuntimeException failure) {
      throw failure;
    }
    return (CassandraCluster) started;
  }

  private static CassandraCluster choose() {
    String contactPoints =
        setting("pharos.cassandra.contactPoints", "PHAROS_CASSANDRA_CONTACT_POINTS");
    if (contactPoints != null) {
      String datacenter = setting("pharos.cassandra.datacenter", "PHAROS_CASSANDRA_DATACENTER");
      return new ExternalCassandra(
          contactPoints, datacenter == null ? LocalCassandra.DATACENTER : datacenter, login());
    }
    String kind = setting("pharos.cassandra", "PHAROS_CASSANDRA");
    if (kind == null || kind.equals("local")) {
      return LocalCassandra.builder().shortLived(true).start();
    }
    if (kind.equals("testcontainers")) {
      return ContainerCassandra.start(CassandraVersion.ofThisProcess());
    }
    throw new IllegalArgumentException(
        "pharos.cassandra is " + kind + "; allowed: local, testcontainers");
  }

  private static Optional<CassandraCluster.Login> login() {
    String user = System.getenv("PHAROS_CASSANDRA_USER");
    String password = System.getenv("PHAROS_CASSANDRA_PASSWORD");
    return user == null || password == null
        ? Optional.empty()
        : Optional.of(new CassandraCluster.Login(user, password));
  }

  private static @Nullable String setting(String property, String variable) {
    String value = System.getProperty(property);
    if (value == null || value.isBlank()) {
      value = System.getenv(variable);
    }
    return value == null || value.isBlank() ? null : value.trim();
  }
}
