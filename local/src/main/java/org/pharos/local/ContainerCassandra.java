package org.pharos.local;

import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.cassandra.CassandraContainer;

/**
 * A single node in a container, for those who would rather have that; it ends with this process.
 */
final class ContainerCassandra implements CassandraCluster {
  private final CassandraContainer container;
  private final CqlSession session;

  private ContainerCassandra(CassandraContainer container) {
    this.container = container;
    this.session = Sessions.open(this);
  }

  static CassandraCluster start(CassandraVersion version) {
    try {
      if (!DockerClientFactory.instance().isDockerAvailable()) {
        throw new TestAbortedException(
            "pharos.cassandra=testcontainers needs a Docker engine, and none answers; "
                + "leave the property out to start a local node");
      }
      CassandraContainer container = new CassandraContainer("cassandra:" + version.text());
      container.start();
      return new ContainerCassandra(container);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "pharos.cassandra=testcontainers needs the dependency org.testcontainers:cassandra", e);
    }
  }

  @Override
  public List<String> contactPoints() {
    InetSocketAddress address = container.getContactPoint();
    return List.of(address.getHostString() + ":" + address.getPort());
  }

  @Override
  public String datacenter() {
    return container.getLocalDatacenter();
  }

  @Override
  public Optional<Login> login() {
    return Optional.empty();
  }

  @Override
  public CqlSession session() {
    return session;
  }
}
