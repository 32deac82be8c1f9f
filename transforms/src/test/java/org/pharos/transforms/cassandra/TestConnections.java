package org.pharos.transforms.cassandra;

import java.util.List;
import org.pharos.local.CassandraCluster;
import org.pharos.local.FaultyNetwork;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.Table;

/** How the tests of this package reach the cluster that they share. */
final class TestConnections {

  private TestConnections() {}

  static CassandraConnection to(CassandraCluster cluster) {
    return at(cluster.contactPoints(), cluster);
  }

  /** To a cluster of one node, with a network in between. */
  static CassandraConnection through(FaultyNetwork network, CassandraCluster cluster) {
    return at(List.of(network.contactPoint()), cluster);
  }

  private static CassandraConnection at(List<String> contactPoints, CassandraCluster cluster) {
    CassandraConnection connection =
        CassandraConnection.to(contactPoints).withLocalDatacenter(cluster.datacenter());
    return cluster
        .login()
        .map(
            login ->
                connection.withCredentials(login.user(), Secret.env("PHAROS_CASSANDRA_PASSWORD")))
        .orElse(connection);
  }

  static void create(TestKeyspace keyspace, Table table) {
    table.createStatements().forEach(statement -> keyspace.execute(statement));
  }

  static boolean isAtLeast5(TestKeyspace keyspace) {
    return keyspace.cluster().version().charAt(0) >= '5';
  }
}
