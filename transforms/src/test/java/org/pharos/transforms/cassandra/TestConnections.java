package org.pharos.transforms.cassandra;

import org.pharos.local.CassandraCluster;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.Table;

/** How the tests of this package reach the cluster that they share. */
final class TestConnections {

  private TestConnections() {}

  static CassandraConnection to(CassandraCluster cluster) {
    return CassandraConnection.to(cluster.contactPoints())
        .withLocalDatacenter(cluster.datacenter());
  }

  static void create(TestKeyspace keyspace, Table table) {
    table.createStatements().forEach(statement -> keyspace.execute(statement));
  }

  static boolean isAtLeast5(TestKeyspace keyspace) {
    return keyspace
            .cluster()
            .session()
            .execute("SELECT release_version FROM system.local")
            .one()
            .getString(0)
            .charAt(0)
        >= '5';
  }
}
