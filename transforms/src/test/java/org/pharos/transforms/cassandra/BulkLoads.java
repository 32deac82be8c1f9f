package org.pharos.transforms.cassandra;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.pharos.bulk.LoadSSTables;
import org.pharos.local.CassandraCluster;
import org.pharos.local.LocalCassandra;
import org.pharos.local.MavenArtifacts;

/** Bulk loads into the clusters of tests. */
final class BulkLoads {
  private BulkLoads() {}

  /** The class path of a child that writes for this cluster's version. */
  static List<String> classPath(CassandraCluster cluster) {
    // The files of 4.1 are those of 4.0, whose own classes cannot write without a server.
    String version = cluster.version().startsWith("4.0") ? "4.1.10" : cluster.version();
    List<String> path = new ArrayList<>();
    try {
      path.add(
          Path.of(LoadSSTables.class.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    MavenArtifacts.classPath("org.apache.cassandra:cassandra-all:" + version)
        .forEach(jar -> path.add(jar.toString()));
    return path;
  }

  static BulkLoad streaming(CassandraCluster cluster, Path directory) {
    return BulkLoad.with(classPath(cluster)).withDirectory(directory.toString()).withShards(1);
  }

  /** Every node of a local cluster imports; the tests of others' clusters are skipped. */
  static BulkLoad importing(CassandraCluster cluster, Path directory) {
    Assumptions.assumeTrue(
        cluster instanceof LocalCassandra, "only a local node is on this machine for sure");
    LocalCassandra local = (LocalCassandra) cluster;
    List<String> management = new ArrayList<>();
    for (int node = 1; node <= local.nodes(); node++) {
      management.add(local.management(node));
    }
    return streaming(cluster, directory).importingAt(management);
  }
}
