package org.pharos.local;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra of one or several nodes on 127.0.0.1, 127.0.0.2 and so on, each a child process. It
 * lives until {@link #close}, and never longer than this process, however that ends.
 *
 * <p>The first start on a machine leaves an archive of the server's classes, 50 MB, in {@code
 * $XDG_CACHE_HOME/pharos} or {@code ~/.cache/pharos} (or where the system property {@code
 * pharos.cache} says), which makes later ones a third shorter; it may be deleted at any time.
 *
 * <p>Nodes are counted from 1, as their addresses are. Not safe for use by several threads, but for
 * {@link #session}.
 */
public final class LocalCassandra implements CassandraCluster, AutoCloseable {
  /** The one user of a cluster that asks for a login. */
  public static final Login SUPERUSER = new Login("cassandra", "cassandra");

  static final String DATACENTER = "dc1";

  private final List<Node> nodes;
  private final Path directory;
  private final boolean temporary;
  private final boolean authentication;
  private final @Nullable Certificates certificates;
  private final Duration startLimit;
  private final Ending ending;
  private @Nullable CqlSession session;

  LocalCassandra(
      List<Node> nodes,
      Path directory,
      boolean temporary,
      boolean authentication,
      @Nullable Certificates certificates,
      Duration startLimit) {
    this.nodes = nodes;
    this.directory = directory;
    this.temporary = temporary;
    this.authentication = authentication;
    this.certificates = certificates;
    this.startLimit = startLimit;
    this.ending = new Ending(this::end);
  }

  /**
   * One node with the defaults of {@link #builder}, ready for CQL.
   *
   * @throws MissingArtifactException when the server's jars cannot be had
   * @throws IllegalStateException when it does not start; the message ends with the log's last
   *     lines
   */
  public static LocalCassandra start() {
    return builder().start();
  }

  /** A description of the cluster to start. */
  public static LocalCassandraBuilder builder() {
    return new LocalCassandraBuilder();
  }

  void startAll() {
    try {
      Instant deadline = Instant.now().plus(startLimit);
      nodes.forEach(Node::start);
      nodes.forEach(node -> node.awaitPort(deadline));
      nodes.forEach(node -> awaitReady(node, nodes.size(), deadline));
      session = connect(deadline);
      awaitSchema(deadline);
      withManagement(nodes.get(0), nodes.get(0)::keepClasses);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public List<String> contactPoints() {
    return nodes.stream().map(node -> node.settings().contactPoint()).toList();
  }

  @Override
  public String datacenter() {
    return DATACENTER;
  }

  @Override
  public Optional<Login> login() {
    return authentication ? Optional.of(SUPERUSER) : Optional.empty();
  }

  @Override
  public CqlSession session() {
    if (session == null) {
      throw new IllegalStateException(this + " is closed");
    }
    return session;
  }

  @Override
  public Optional<Certificates> certificates() {
    return Optional.ofNullable(certificates);
  }

  /**
   * Has all running nodes show another key and certificate to those who connect from now on.
   *
   * @param keyStore one of {@link #certificates}
   */
  public void showCertificate(Path keyStore) {
    for (Node node : nodes.stream().filter(Node::isRunning).toList()) {
      try {
        Files.copy(keyStore, node.settings().keyStore(), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot replace " + node.settings().keyStore(), e);
      }
      withManagement(node, NodeManagement::reloadCertificates);
    }
  }

  /** How many nodes there are, running or not. */
  public int nodes() {
    return nodes.size();
  }

  /** Where the nodes keep their data and logs, a subdirectory each. */
  public Path directory() {
    return directory;
  }

  /** The server log of a node. */
  public Path log(int node) {
    return at(node).settings().log();
  }

  /** The process of a running node. */
  public long pid(int node) {
    return at(node).process().pid();
  }

  /**
   * The JMX address of a running node, {@code service:jmx:...}, good until it ends: what nodetool
   * does can be done there, by processes of this machine.
   */
  public String management(int node) {
    try {
      return NodeManagement.address(pid(node));
    } catch (IOException e) {
      throw new IllegalStateException(at(node) + " does not take orders", e);
    }
  }

  /**
   * Stops a node as an operator would: it announces that it leaves and writes what it holds in
   * memory.
   */
  public void stop(int node) {
    at(node).process().stop();
  }

  /**
   * Ends a node as {@code kill -9} does: what it wrote is in its commit log, and nothing is
   * announced.
   */
  public void kill(int node) {
    if (temporary) {
      // Such a node is told not to flush each change of the schema, and it reads the schema before
      // its commit log.
      withManagement(at(node), management -> management.flush("system_schema"));
    }
    at(node).process().kill();
  }

  /**
   * Starts a stopped or killed node again and waits until it answers and all running nodes see each
   * other.
   */
  public void start(int node) {
    Instant deadline = Instant.now().plus(startLimit);
    at(node).start();
    at(node).awaitPort(deadline);
    List<Node> running = running();
    running.forEach(each -> awaitReady(each, running.size(), deadline));
    awaitSchema(deadline);
  }

  /**
   * Waits until all running nodes have the same schema. The driver waits for that too after a
   * change, but leaves out a node that it believes to be down, and that node may answer next; and
   * it asks one node only what it and the others have: where the change has reached neither that
   * node nor its picture of the others, all seem to agree on what was before.
   */
  public void awaitSchema() {
    awaitSchema(Instant.now().plus(startLimit));
  }

  private void awaitSchema(Instant deadline) {
    List<Node> running = running();
    while (!agreeOnSchema(running)) {
      running.get(0).awaitMore(deadline, "does not agree with the others on the schema");
    }
  }

  private List<Node> running() {
    return nodes.stream().filter(Node::isRunning).toList();
  }

  /** Asks each node itself: what the others tell of one that was away may be older than its end. */
  private boolean agreeOnSchema(List<Node> running) {
    SimpleStatement version =
        SimpleStatement.newInstance("SELECT schema_version FROM system.local");
    Set<@Nullable UUID> versions = new HashSet<>();
    for (Node each : running) {
      var known =
          session().getMetadata().findNode(Sessions.address(each.settings().contactPoint()));
      if (known.isEmpty()) {
        return false;
      }
      try {
        Row local = session().execute(version.setNode(known.get())).one();
        versions.add(local == null ? null : local.getUuid(0));
      } catch (DriverException e) {
        // The driver has not seen it come back yet; whoever asks again is bounded in time.
        return false;
      }
    }
    return versions.size() == 1;
  }

  /** Makes a node stand still: its connections stay open, and no request is answered. */
  public void pause(int node) {
    at(node).process().pause();
  }

  /** Lets a paused node go on. */
  public void resume(int node) {
    at(node).process().resume();
  }

  /**
   * Writes the keyspace's memtables to disk on every running node and has each compute {@code
   * system.size_estimates} anew, which it would do only every five minutes.
   */
  public void flush(String keyspace) {
    nodes.stream()
        .filter(Node::isRunning)
        .forEach(
            node ->
                withManagement(
                    node,
                    management -> {
                      management.flush(keyspace);
                      management.refreshSizeEstimates();
                    }));
  }

  /** Ends all nodes and deletes their directory, unless it was given. Idempotent. */
  @Override
  public void close() {
    ending.now();
  }

  private void end() {
    if (session != null) {
      session.forceCloseAsync();
      session = null;
    }
    if (temporary) {
      nodes.forEach(node -> node.process().kill());
      Directories.delete(directory);
    } else {
      nodes.parallelStream().forEach(node -> node.process().stop());
    }
  }

  private Node at(int node) {
    if (node < 1 || node > nodes.size()) {
      throw new IllegalArgumentException("Node " + node + " is not one of 1 to " + nodes.size());
    }
    return nodes.get(node - 1);
  }

  private CqlSession connect(Instant deadline) {
    while (true) {
      try {
        return Sessions.open(this);
      } catch (AllNodesFailedException e) {
        // The port is open a moment before the first login works.
        nodes.get(0).awaitMore(deadline, "does not answer CQL (" + e.getMessage() + ")");
      }
    }
  }

  private static void awaitReady(Node node, int count, Instant deadline) {
    withManagement(
        node,
        management -> {
          while (!management.servesCql()) {
            node.awaitMore(deadline, "does not serve CQL");
          }
          while (management.liveNodes() < count) {
            node.awaitMore(deadline, "does not see all " + count + " nodes up");
          }
        });
  }

  private static void withManagement(Node node, Order order) {
    try (NodeManagement management = NodeManagement.of(node.process().pid())) {
      order.to(management);
    } catch (IOException | JMException e) {
      throw new IllegalStateException(node + " does not take orders", e);
    }
  }

  private interface Order {
    void to(NodeManagement management) throws IOException, JMException;
  }

  @Override
  public String toString() {
    return "LocalCassandra" + contactPoints();
  }
}
