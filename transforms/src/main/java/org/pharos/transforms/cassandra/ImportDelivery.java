package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.metadata.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.pharos.schemas.Table;

/**
 * Lets nodes that see the worker's files move SSTables into their data. Each node gets links of its
 * own to the same files, and only SSTables whose tokens it all holds.
 */
final class ImportDelivery implements Delivery {
  private final Table table;
  private final Map<UUID, ImportingNode> nodes = new HashMap<>();

  /**
   * Connects to the nodes.
   *
   * @throws CassandraFailure if one of them cannot be reached
   */
  ImportDelivery(Table table, List<String> management) {
    this.table = table;
    try {
      for (String address : management) {
        ImportingNode node = ImportingNode.connect(address);
        ImportingNode twin = nodes.put(node.hostId(), node);
        if (twin != null) {
          twin.close();
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public List<Group> groups(ReplicaRing ring) {
    List<Set<Node>> sets = ring.replicaSets();
    return ring.parts().stream()
        .map(part -> new Group(part.span().end(), sets.indexOf(part.nodes())))
        .toList();
  }

  @Override
  public void deliver(BulkChild child, List<BulkChild.Written> written, ReplicaRing ring)
      throws IOException {
    List<Set<Node>> sets = ring.replicaSets();
    Map<ImportingNode, List<Path>> imports = new HashMap<>();
    for (BulkChild.Written group : written) {
      for (Node replica : sets.get(group.group())) {
        ImportingNode node = reached(replica);
        imports
            .computeIfAbsent(node, each -> new ArrayList<>())
            .add(linked(group.directory(), node));
      }
    }
    imports.entrySet().parallelStream()
        .forEach(each -> each.getKey().importFrom(each.getValue(), table));
  }

  private ImportingNode reached(Node replica) {
    ImportingNode node = nodes.get(replica.getHostId());
    if (node == null) {
      throw new CassandraFailure(
          "Loading "
              + table
              + " in bulk: there is no way to its replica "
              + replica.getEndPoint()
              + ". Name its JMX address in importingAt, or stream (leave importingAt out)");
    }
    return node;
  }

  /**
   * A directory that holds the SSTables as well. Its last two names are those of keyspace and
   * table, since a node takes nothing from others.
   */
  private Path linked(Path directory, ImportingNode node) throws IOException {
    Path group = directory.resolve("..").resolve("..").normalize();
    Path links =
        Files.createDirectories(
            group.resolve("for-" + node.hostId()).resolve(table.keyspace()).resolve(table.name()));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Path link = links.resolve(file.getFileName());
        if (file.getFileName().toString().endsWith("-TOC.txt")) {
          // The one component that nodes add to in place: they list their indexes in it.
          Path unused = Files.copy(file, link);
        } else {
          Path unused = Files.createLink(link, file);
        }
      }
    }
    return links;
  }

  @Override
  public void close() {
    nodes.values().forEach(ImportingNode::close);
    nodes.clear();
  }
}
