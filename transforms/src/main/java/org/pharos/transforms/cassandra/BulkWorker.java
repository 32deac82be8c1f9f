package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.Version;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a worker has of a bulk load: the child that writes, and the way to the nodes. */
final class BulkWorker implements AutoCloseable {
  private final BulkLoad load;
  private final WritePlan plan;
  private final Lease lease;
  private final RowRate rate;
  private final ThrottledTime throttled = new ThrottledTime();
  private final Path directory;
  private @Nullable BulkChild child;
  private @Nullable Delivery delivery;
  private int shards;

  BulkWorker(WriteSettings settings, BulkLoad load, WritePlan plan) {
    this.load = load;
    this.plan = plan;
    this.lease = Sessions.acquire(settings.connection());
    this.rate = RowRate.of(lease.session(), settings.connection().writeLimit());
    try {
      this.directory =
          Files.createTempDirectory(
              Files.createDirectories(Path.of(load.directory())), "pharos-bulk-");
    } catch (IOException e) {
      lease.close();
      throw failure(e);
    }
  }

  /**
   * Loads the rows of a shard: when this returns, every replica has them. Doing it again, in part
   * or whole, leaves the same rows, since their timestamps stay.
   *
   * @return how many bytes of SSTables they became, counted once
   */
  long load(Iterable<byte[]> blocks) {
    // A name of its own each time: what an attempt before left must not be taken for part of this.
    Path shard = directory.resolve("shard-" + shards++);
    try {
      Delivery way = way();
      BulkChild to = child();
      ReplicaRing ring = ReplicaRing.of(lease.session(), plan.table());
      to.begin(shard, way.groups(ring));
      for (byte[] block : blocks) {
        throttled.add(rate.pass(ShardBlocks.rows(block)));
        to.rows(block);
      }
      List<BulkChild.Written> written = to.end();
      way.deliver(to, written, ring);
      return written.stream().mapToLong(BulkChild.Written::bytes).sum();
    } catch (IOException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CassandraFailure("Loading in bulk was interrupted", e);
    } finally {
      delete(shard);
    }
  }

  private BulkChild child() throws IOException {
    if (child == null) {
      BulkTarget target = BulkTarget.of(lease.session(), plan);
      child = BulkChild.start(load, directory, target);
      requireReadable(Objects.requireNonNull(Version.parse(child.version())));
    }
    return child;
  }

  private Delivery way() {
    if (delivery == null) {
      delivery =
          load.management().isEmpty()
              ? new StreamDelivery(plan.table())
              : new ImportDelivery(plan.table(), load.management());
    }
    return delivery;
  }

  /** Older servers do not read newer files; 4.0 and 4.1 have the same. */
  private void requireReadable(Version writes) {
    for (Node node : lease.session().getMetadata().getNodes().values()) {
      Version reads = node.getCassandraVersion();
      if (reads != null && writes.getMajor() > reads.getMajor()) {
        throw new CassandraFailure(
            "Loading in bulk: the class path holds Cassandra "
                + writes
                + ", whose SSTables "
                + node.getEndPoint()
                + " with "
                + reads
                + " cannot read. Take the cassandra-all of the cluster's version");
      }
    }
  }

  private CassandraFailure failure(IOException e) {
    return CassandraFailure.of(
        "loading in bulk",
        plan.table().qualifiedName(),
        "Check that the class path " + load.classPath() + " is that of pharos-bulk on this worker",
        e);
  }

  @Override
  public void close() {
    if (delivery != null) {
      delivery.close();
    }
    if (child != null) {
      child.close();
    }
    lease.close();
    delete(directory);
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        boolean unused = Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
