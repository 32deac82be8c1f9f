package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.pharos.schemas.Table;

/** A node's JMX, as far as importing needs it. */
final class ImportingNode implements AutoCloseable {
  private static final String IMPORT = "importNewSSTables";

  /** The levels and repairs of others mean nothing here; the node looks whether tokens are its. */
  private static final Map<Integer, List<Boolean>> OPTIONS =
      Map.of(
          // resetLevel, clearRepaired, verifySSTables, verifyTokens, invalidateCaches,
          // extendedVerify; and from 4.1 on copyData
          7, List.of(true, true, true, true, true, false),
          8, List.of(true, true, true, true, true, false, false));

  private final String address;
  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final UUID hostId;

  // The address is the one that the pipeline's author names, not one that comes with data.
  @SuppressWarnings("BanJNDI")
  private ImportingNode(String address) throws IOException, JMException {
    this.address = address;
    this.connector =
        JMXConnectorFactory.connect(
            new JMXServiceURL(
                address.startsWith("service:jmx:")
                    ? address
                    : "service:jmx:rmi:///jndi/rmi://" + address + "/jmxrmi"));
    this.server = connector.getMBeanServerConnection();
    this.hostId = UUID.fromString(String.valueOf(storage("LocalHostId")));
  }

  /**
   * Connects.
   *
   * @throws CassandraFailure if there is no node
   */
  static ImportingNode connect(String address) {
    try {
      return new ImportingNode(address);
    } catch (IOException | JMException e) {
      throw CassandraFailure.of(
          "importing SSTables",
          address,
          "Check that a node's JMX listens there and lets this machine in",
          e);
    }
  }

  UUID hostId() {
    return hostId;
  }

  /**
   * Makes the node take the SSTables of these directories, and build the indexes of the table.
   *
   * @throws CassandraFailure if it does not take all of them
   */
  void importFrom(List<Path> directories, Table table) {
    try {
      requireSettledRing();
      Object failed = invokeImport(directories, table);
      if (failed instanceof Collection<?> some && !some.isEmpty()) {
        throw new CassandraFailure(
            "importing SSTables failed at "
                + address
                + ": the node did not take "
                + some
                + ", and its log says why");
      }
      requireTaken(directories);
    } catch (IOException | JMException | RuntimeException e) {
      if (e instanceof CassandraFailure failure) {
        throw failure;
      }
      throw CassandraFailure.of(
          "importing SSTables",
          address + ", " + table.qualifiedName(),
          "The node must be up, see the directory of the load, be allowed to move its files, and"
              + " have its data on the same file system (withDirectory)",
          e);
    }
  }

  private Object invokeImport(List<Path> directories, Table table) throws IOException, JMException {
    ObjectName name =
        new ObjectName(
            "org.apache.cassandra.db:type=Tables,keyspace="
                + table.keyspace()
                + ",table="
                + table.name());
    MBeanOperationInfo operation =
        Arrays.stream(server.getMBeanInfo(name).getOperations())
            .filter(each -> each.getName().equals(IMPORT))
            .filter(each -> OPTIONS.containsKey(each.getSignature().length))
            .findFirst()
            .orElseThrow(() -> new JMException("the node has no " + IMPORT + " that is known"));
    MBeanParameterInfo[] signature = operation.getSignature();
    Object[] arguments = new Object[signature.length];
    arguments[0] = directories.stream().map(Path::toString).collect(Collectors.toSet());
    List<Boolean> options = OPTIONS.getOrDefault(signature.length, List.of());
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] = options.get(i - 1);
    }
    return server.invoke(
        name,
        IMPORT,
        arguments,
        Arrays.stream(signature).map(MBeanParameterInfo::getType).toArray(String[]::new));
  }

  /** A node that finds nothing it would take does not complain. */
  private void requireTaken(List<Path> directories) throws IOException {
    for (Path directory : directories) {
      try (Stream<Path> left = Files.list(directory)) {
        if (left.anyMatch(file -> file.getFileName().toString().endsWith("-Data.db"))) {
          throw new CassandraFailure(
              "importing SSTables failed at "
                  + address
                  + ": the node left some in "
                  + directory
                  + ". Is it a node that sees this worker's files?");
        }
      }
    }
  }

  /** Whom a moving token belongs to next is not in the ring that the SSTables were made for. */
  private void requireSettledRing() throws IOException, JMException {
    for (String attribute : Set.of("JoiningNodes", "LeavingNodes", "MovingNodes")) {
      if (storage(attribute) instanceof Collection<?> moving && !moving.isEmpty()) {
        throw new CassandraFailure(
            "importing SSTables at "
                + address
                + ": the ring is changing ("
                + attribute
                + " "
                + moving
                + "). Load again when it has settled");
      }
    }
  }

  private Object storage(String attribute) throws IOException, JMException {
    return server.getAttribute(
        new ObjectName("org.apache.cassandra.db:type=StorageService"), attribute);
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The node is gone, and with it what was to be closed.
    }
  }
}
