package org.pharos.transforms.cassandra;

import org.pharos.local.CassandraCluster;

/** How the doors reach a test's cluster. */
final class Clusters {

  private Clusters() {}

  static CassandraConnection connection(CassandraCluster cluster) {
    return CassandraConnection.to(cluster.contactPoints())
        .withLocalDatacenter(cluster.datacenter());
  }
}
