package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How {@link WriteTable#inBulk} loads: workers write SSTables and bring them to every replica, past
 * the servers' write path. A value.
 *
 * <p>SSTables are written by Cassandra's own classes, in child processes: each worker thread that
 * loads has one, which ends with it. Their class path is that of the artifact {@code pharos-bulk},
 * with the version of the cluster for {@code cassandra-all}, 4.1 or later: the classes of 4.0
 * cannot write without a server, and servers of 4.0 take what those of 4.1 write. To put it into a
 * folder, in a project with that one dependency: {@code mvn dependency:copy-dependencies
 * -DoutputDirectory=/opt/pharos-bulk}.
 *
 * <p>SSTables reach the nodes in one of two ways:
 *
 * <ul>
 *   <li><b>Streaming</b>, the default, as {@code sstableloader} does: the workers must reach every
 *       node's storage port (7000), and that must not ask for encryption. SSTables of a table with
 *       storage-attached indexes are written anew by the nodes, which costs them more.
 *   <li><b>Importing</b>, as {@code nodetool import} does, where nodes run on the machine of the
 *       worker or share its files: see {@link #importingAt}.
 * </ul>
 */
public final class BulkLoad implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> classPath;
  private final List<String> management;
  private final int shards;
  private final int heapMegabytes;
  private final @Nullable String directory;

  private BulkLoad(
      List<String> classPath,
      List<String> management,
      int shards,
      int heapMegabytes,
      @Nullable String directory) {
    this.classPath = List.copyOf(classPath);
    this.management = List.copyOf(management);
    this.shards = shards;
    this.heapMegabytes = heapMegabytes;
    this.directory = directory;
  }

  /**
   * Loads with the classes of this path on the workers.
   *
   * @param classPath jars, folders of classes, or {@code folder/*} for all of its jars
   */
  public static BulkLoad with(String... classPath) {
    return with(List.of(classPath));
  }

  /** As {@link #with(String...)}. */
  public static BulkLoad with(List<String> classPath) {
    if (classPath.isEmpty() || classPath.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "a bulk load needs the class path of pharos-bulk on the workers, such as"
              + " /opt/pharos-bulk/*; not "
              + classPath);
    }
    return new BulkLoad(classPath, List.of(), 16, 512, null);
  }

  /**
   * Hands SSTables over to nodes that see the worker's files, instead of streaming them: each node
   * moves them into its data directory, so {@link #withDirectory} must be on the same file system,
   * and the nodes' user may move what the worker writes. Every replica of the table must be among
   * the nodes that are reached here.
   *
   * @param management where the nodes' JMX listens: {@code host:port} (7199 unless changed), or
   *     {@code service:jmx:...}
   */
  public BulkLoad importingAt(String... management) {
    return importingAt(List.of(management));
  }

  /** As {@link #importingAt(String...)}. */
  public BulkLoad importingAt(List<String> management) {
    for (String address : management) {
      if (!address.startsWith("service:jmx:") && !address.matches(".+:\\d+")) {
        throw new IllegalArgumentException(
            "a node's JMX is at host:port or service:jmx:..., not at " + address);
      }
    }
    if (management.isEmpty()) {
      throw new IllegalArgumentException("importing needs the JMX address of every replica");
    }
    return new BulkLoad(classPath, management, shards, heapMegabytes, directory);
  }

  /**
   * Into how many ranges of tokens the rows are sorted, 1 to 4096; 16 by default. A range is
   * written by one worker thread and lies on its disk as SSTables until the nodes have it: take at
   * least the parallelism, and more for a load that is large for the disk.
   */
  public BulkLoad withShards(int ranges) {
    if (ranges < 1 || ranges > ShardBlocks.MOST_SHARDS) {
      throw new IllegalArgumentException(
          "shards are 1 to " + ShardBlocks.MOST_SHARDS + ", not " + ranges);
    }
    return new BulkLoad(classPath, management, ranges, heapMegabytes, directory);
  }

  /**
   * The heap of each child process, 256 to 16384; 512 by default. A sixteenth of it holds the rows
   * that go into one SSTable, and a whole partition must fit at once.
   */
  public BulkLoad withHeapMegabytes(int megabytes) {
    if (megabytes < 256 || megabytes > 16_384) {
      throw new IllegalArgumentException("heap megabytes are 256 to 16384, not " + megabytes);
    }
    return new BulkLoad(classPath, management, shards, megabytes, directory);
  }

  /**
   * Where workers keep SSTables until the nodes have them, in directories of their own that they
   * delete; the JVM's temporary directory by default.
   */
  public BulkLoad withDirectory(String path) {
    return new BulkLoad(classPath, management, shards, heapMegabytes, path);
  }

  List<String> classPath() {
    return classPath;
  }

  /** Where to import; nothing if SSTables are streamed. */
  List<String> management() {
    return management;
  }

  int shards() {
    return shards;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  String directory() {
    return directory == null ? System.getProperty("java.io.tmpdir") : directory;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BulkLoad that
        && classPath.equals(that.classPath)
        && management.equals(that.management)
        && shards == that.shards
        && heapMegabytes == that.heapMegabytes
        && Objects.equals(directory, that.directory);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classPath, management, shards, heapMegabytes, directory);
  }

  @Override
  public String toString() {
    return (management.isEmpty() ? "streaming" : "importing at " + management)
        + ", "
        + shards
        + " shards";
  }
}
