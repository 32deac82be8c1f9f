package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Describes a {@link LocalCassandra} before it starts. */
public final class LocalCassandraBuilder {
  private int nodes = 1;
  private int racks = 1;
  private int vnodes = 16;
  private int heapMegabytes;
  private int port;
  private boolean authentication;
  private ClientEncryption encryption = ClientEncryption.NONE;
  private boolean shortLived;
  private final Map<String, String> further = new LinkedHashMap<>();
  private @Nullable String version;
  private @Nullable Path directory;
  private @Nullable Duration startLimit;

  LocalCassandraBuilder() {}

  /**
   * How many nodes, 1 to 9; 1 unless set. Several nodes need 0.9 GB of memory each at the least.
   */
  public LocalCassandraBuilder nodes(int count) {
    this.nodes = Bounds.within("nodes", count, 1, 9);
    return this;
  }

  /** Over how many racks the nodes are spread, in turn; 1 unless set. */
  public LocalCassandraBuilder racks(int count) {
    this.racks = Bounds.within("racks", count, 1, 9);
    return this;
  }

  /** Token ranges a node; 16 unless set. The tokens are the same at each start. */
  public LocalCassandraBuilder vnodes(int count) {
    this.vnodes = Bounds.within("vnodes", count, 1, 256);
    return this;
  }

  /** Heap of each node; unless set 1024 for a single node and 512 for several. */
  public LocalCassandraBuilder heapMegabytes(int megabytes) {
    this.heapMegabytes = Bounds.within("heapMegabytes", megabytes, 256, 65_536);
    return this;
  }

  /** The CQL port of all nodes; a free one unless set. */
  public LocalCassandraBuilder port(int number) {
    this.port = Bounds.within("port", number, 1024, 65_535);
    return this;
  }

  /**
   * Whether to ask for a login, {@link LocalCassandra#SUPERUSER}, and to check permissions; false
   * unless set.
   */
  public LocalCassandraBuilder authentication(boolean asked) {
    this.authentication = asked;
    return this;
  }

  /**
   * How the nodes speak with their clients, {@link ClientEncryption#NONE} unless set. {@link
   * LocalCassandra#certificates} are made at each start.
   */
  public LocalCassandraBuilder clientEncryption(ClientEncryption wanted) {
    this.encryption = wanted;
    return this;
  }

  /**
   * Whether to start with half the work and run slower afterwards (no optimizing compiler, a simple
   * garbage collector, a clock of 20 ms), as suits a test of a minute; false unless set.
   */
  public LocalCassandraBuilder shortLived(boolean wanted) {
    this.shortLived = wanted;
    return this;
  }

  /**
   * A line of every node's {@code cassandra.yaml}, instead of the one that it would have.
   *
   * @param name such as {@code concurrent_writes}
   * @param value as YAML, on one line
   */
  public LocalCassandraBuilder setting(String name, String value) {
    if (!name.matches("[a-z_]+") || value.isBlank() || value.contains("\n")) {
      throw new IllegalArgumentException(
          "setting \"%s: %s\" is not one line of cassandra.yaml".formatted(name, value));
    }
    further.put(name, value);
    return this;
  }

  /**
   * The version of Cassandra, 4.0 or later; unless set the system property {@code
   * pharos.cassandra.version}, or 5.0.9.
   */
  public LocalCassandraBuilder version(String text) {
    this.version = CassandraVersion.parse(text).text();
    return this;
  }

  /**
   * Where to keep data and logs, for longer than this process lives; a temporary directory unless
   * set.
   */
  public LocalCassandraBuilder directory(Path kept) {
    this.directory = kept.toAbsolutePath();
    return this;
  }

  /**
   * How long all nodes together may take until they answer; unless set two minutes, and one more
   * for each further node.
   */
  public LocalCassandraBuilder startLimit(Duration limit) {
    this.startLimit = limit;
    return this;
  }

  /**
   * Starts the nodes and waits until all answer CQL and see each other.
   *
   * @throws MissingArtifactException when the server's jars cannot be had
   * @throws IllegalStateException when a node does not start; the message ends with its log's last
   *     lines
   */
  public LocalCassandra start() {
    CassandraVersion release =
        version == null ? CassandraVersion.ofThisProcess() : CassandraVersion.parse(version);
    List<Path> server =
        MavenArtifacts.classPath("org.apache.cassandra:cassandra-all:" + release.text());
    List<String> addresses = LoopbackPorts.addresses(nodes);
    if (port != 0 && !LoopbackPorts.isFree(addresses, port)) {
      throw new IllegalStateException("Port " + port + " is taken on one of " + addresses);
    }
    Path kept = directory;
    boolean temporary = kept == null;
    Path home = kept == null ? Directories.temporary("pharos-cassandra") : kept;
    int storagePort =
        kept == null ? LoopbackPorts.free(addresses, port) : storagePort(kept, addresses);
    int nativePort = port != 0 ? port : LoopbackPorts.free(addresses, storagePort);
    List<List<Long>> tokens = tokens(nodes, vnodes);
    Certificates certificates =
        encryption == ClientEncryption.NONE
            ? null
            : Certificates.generate(home.resolve("certificates"), addresses);
    List<Node> ring =
        IntStream.range(0, nodes)
            .mapToObj(
                i ->
                    new NodeSettings(
                        release,
                        addresses.get(i),
                        nativePort,
                        storagePort,
                        addresses.subList(0, Math.min(2, nodes)),
                        tokens.get(i),
                        LocalCassandra.DATACENTER,
                        "rack" + (i % racks + 1),
                        heapMegabytes != 0 ? heapMegabytes : nodes == 1 ? 1024 : 512,
                        shortLived,
                        authentication,
                        encryption,
                        certificates,
                        nodes == 1,
                        temporary,
                        Map.copyOf(further),
                        home.resolve("node" + (i + 1))))
            .map(settings -> new Node(settings, server))
            .toList();
    LocalCassandra cassandra =
        new LocalCassandra(
            ring,
            home,
            temporary,
            authentication,
            certificates,
            startLimit != null ? startLimit : Duration.ofMinutes(1 + nodes));
    cassandra.startAll();
    return cassandra;
  }

  /** Nodes know each other by address and port, so a directory that is kept keeps the port. */
  private int storagePort(Path kept, List<String> addresses) {
    Path file = kept.resolve("storage-port");
    try {
      if (Files.exists(file)) {
        return Integer.parseInt(Files.readString(file).trim());
      }
      Path parent = Files.createDirectories(kept);
      int chosen = LoopbackPorts.free(addresses, port);
      Files.writeString(parent.resolve(file.getFileName()), chosen + "\n");
      return chosen;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep the port in " + file, e);
    }
  }

  /** Uneven, as those of a real ring are, but the same each time. */
  static List<List<Long>> tokens(int nodes, int vnodes) {
    Random random = new Random(20_080_709);
    List<List<Long>> tokens = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      tokens.add(random.longs(vnodes).boxed().toList());
    }
    return tokens;
  }
}
