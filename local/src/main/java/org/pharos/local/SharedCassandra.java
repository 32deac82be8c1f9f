package org.pharos.local;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
    return started(1, () -> choose(System::getProperty, System::getenv));
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

  static CassandraCluster choose(
      UnaryOperator<@Nullable String> property, UnaryOperator<@Nullable String> environment) {
    String contactPoints =
        either(
            property.apply("pharos.cassandra.contactPoints"),
            environment.apply("PHAROS_CASSANDRA_CONTACT_POINTS"));
    if (contactPoints != null) {
      String datacenter =
          either(
              property.apply("pharos.cassandra.datacenter"),
              environment.apply("PHAROS_CASSANDRA_DATACENTER"));
      return new ExternalCassandra(
          contactPoints,
          datacenter == null ? LocalCassandra.DATACENTER : datacenter,
          login(environment));
    }
    String kind = either(property.apply("pharos.cassandra"), environment.apply("PHAROS_CASSANDRA"));
    if (kind == null || kind.equals("local")) {
      return LocalCassandra.builder().shortLived(true).start();
    }
    if (kind.equals("testcontainers")) {
      return ContainerCassandra.start(CassandraVersion.ofThisProcess());
    }
    throw new IllegalArgumentException(
        "pharos.cassandra=" + kind + " is not allowed; allowed: local, testcontainers");
  }

  private static Optional<CassandraCluster.Login> login(
      UnaryOperator<@Nullable String> environment) {
    String user = environment.apply("PHAROS_CASSANDRA_USER");
    String password = environment.apply("PHAROS_CASSANDRA_PASSWORD");
    return user == null || password == null
        ? Optional.empty()
        : Optional.of(new CassandraCluster.Login(user, password));
  }

  private static @Nullable String either(@Nullable String property, @Nullable String variable) {
    String value = property == null || property.isBlank() ? variable : property;
    return value == null || value.isBlank() ? null : value.trim();
  }
}
