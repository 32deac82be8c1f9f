package org.pharos.pipelines.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pharos.local.LocalCassandra;
import org.pharos.pipelines.Connections;
import org.pharos.transforms.cassandra.CassandraConnection;

/** The cluster to work on: the one that the options lead to, or else a local one, new each time. */
final class Ground implements AutoCloseable {
  private static final String DATA = "cassandra";

  private final Cluster cluster;
  private final @Nullable LocalCassandra local;

  private Ground(Cluster cluster, @Nullable LocalCassandra local) {
    this.cluster = cluster;
    this.local = local;
  }

  /**
   * Prepares the folder and the cluster.
   *
   * @throws org.pharos.pipelines.BadOption if the options lead nowhere; nothing was started then
   */
  static Ground of(QuickstartOptions options, Path folder) {
    boolean given = options.getContactPoints() != null || options.getSecureConnectBundle() != null;
    if (given) {
      CassandraConnection connection = Connections.from(options);
      create(folder);
      return new Ground(
          new Cluster(
              connection.contactPoints(),
              String.valueOf(connection.localDatacenter()),
              Optional.empty()),
          null);
    }
    create(folder);
    Path data = folder.resolve(DATA);
    delete(data);
    LocalCassandra local =
        LocalCassandra.builder()
            .directory(data)
            .heapMegabytes(2048)
            .setting("memtable_heap_space", "1400MiB")
            .shortLived(true)
            .start();
    return new Ground(
        new Cluster(local.contactPoints(), local.datacenter(), Optional.of(data)), local);
  }

  Cluster cluster() {
    return cluster;
  }

  boolean isLocal() {
    return local != null;
  }

  /** The flags that each job gets: the user's but for those of the quickstart alone. */
  List<String> flags(List<String> user) {
    List<String> flags = new ArrayList<>();
    for (String flag : user) {
      if (!flag.matches("--(output|foodMart|wordNet)=.*")) {
        flags.add(flag);
      }
    }
    if (local != null) {
      flags.add("--contactPoints=" + String.join(",", cluster.contactPoints()));
      flags.removeIf(flag -> flag.startsWith("--localDatacenter="));
      flags.add("--localDatacenter=" + cluster.datacenter());
    }
    return flags;
  }

  @Override
  public void close() {
    if (local != null) {
      local.close();
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the folder " + folder, e);
    }
  }

  private static void delete(Path data) {
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete the last quickstart's data in " + data, e);
    }
  }
}
