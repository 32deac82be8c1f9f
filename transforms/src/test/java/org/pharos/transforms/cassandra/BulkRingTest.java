package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.LocalCassandra;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Index;
import org.pharos.schemas.Table;

/**
 * A load into three nodes with three replicas, whose process is killed in the middle and which is
 * then run again: each node alone has all of it.
 */
@Tag("slow")
@ResourceLock(TestServers.RING)
@WithCassandra(nodes = 3, replicationFactor = 3)
class BulkRingTest {
  private static final long ROWS = 200_000;

  @TempDir Path directory;
  @TempDir Path logs;
  private final LocalCassandra ring;
  private final TestKeyspace keyspace;

  BulkRingTest(LocalCassandra ring, TestKeyspace keyspace) {
    this.ring = ring;
    this.keyspace = keyspace;
  }

  private static Table table(String keyspace, String name) {
    return Table.named(keyspace, name)
        .partitionKey("k", CqlType.BIGINT)
        .clusteringKey("n", CqlType.BIGINT)
        .column("v", CqlType.TEXT)
        .index(Index.of(name + "_by_v", "v"))
        .build();
  }

  /** What the killed process runs: contact point, datacenter, keyspace, name, and the load. */
  public static void main(String[] arguments) {
    BulkLoad load =
        BulkLoad.with(List.of(arguments[5].split(File.pathSeparator)))
            .withDirectory(arguments[4])
            .withShards(12);
    if (arguments.length > 6) {
      load = load.importingAt(List.of(arguments).subList(6, arguments.length));
    }
    load(
        table(arguments[2], arguments[3]),
        CassandraConnection.to(arguments[0]).withLocalDatacenter(arguments[1]),
        load);
  }

  private static void load(Table table, CassandraConnection connection, BulkLoad load) {
    var schema = table.rowSchema();
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(GenerateSequence.from(0).to(ROWS))
        .apply(
            "Rows",
            MapElements.into(TypeDescriptors.rows())
                .via(
                    n ->
                        org.apache.beam.sdk.values.Row.withSchema(schema)
                            .addValues(n / 10, n, "v" + n % 1000)
                            .build()))
        .setRowSchema(schema)
        .apply(WriteTable.of(table).to(connection).inBulk(load));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void importing_again_after_a_kill_leaves_each_node_complete() throws Exception {
    List<String> management = new ArrayList<>();
    for (int node = 1; node <= ring.nodes(); node++) {
      management.add(ring.management(node));
    }
    assertCompleteAfterAKill("imported", management);
  }

  @Test
  void streaming_again_after_a_kill_leaves_each_node_complete() throws Exception {
    assertCompleteAfterAKill("streamed", List.of());
  }

  private void assertCompleteAfterAKill(String name, List<String> management) throws Exception {
    assumeTrue(TestConnections.isAtLeast5(keyspace), "its index is new in Cassandra 5.0");
    Table table = table(keyspace.name(), name);
    TestConnections.create(keyspace, table);

    killInTheMiddle(name, management);
    BulkLoad load =
        BulkLoad.with(BulkLoads.classPath(ring)).withDirectory(directory.toString()).withShards(12);
    load(
        table,
        TestConnections.to(ring),
        management.isEmpty() ? load : load.importingAt(management));

    assertThat(directory.toFile().list()).as("what is left of both runs").isEmpty();
    for (int node = 1; node <= ring.nodes(); node++) {
      assertComplete(name, node);
    }
  }

  /** Runs the load in a process and kills that, as kill -9 does, when the ring has some rows. */
  private void killInTheMiddle(String name, List<String> management) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BulkRingTest.class.getName());
    command.add(ring.contactPoints().get(0));
    command.addAll(List.of(ring.datacenter(), keyspace.name(), name, directory.toString()));
    command.add(String.join(File.pathSeparator, BulkLoads.classPath(ring)));
    command.addAll(management);
    Path output = logs.resolve("killed.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    SimpleStatement any =
        SimpleStatement.newInstance("SELECT k FROM " + keyspace.name() + "." + name + " LIMIT 1");
    while (ring.session().execute(any).one() == null) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
        fail("ended before the kill: " + Files.readString(output));
      }
    }
    process.destroyForcibly().waitFor();
    awaitNoFiles();
  }

  /** The children see that their parent is gone, and take their files along. */
  private void awaitNoFiles() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    CountDownLatch never = new CountDownLatch(1);
    while (!isEmpty(directory)) {
      assertThat(System.nanoTime()).as("files are still there").isLessThan(deadline);
      boolean unused = never.await(50, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /** Asks one node while the others stand still, so that nobody can help it out. */
  private void assertComplete(String name, int node) {
    String[] address = ring.contactPoints().get(node - 1).split(":");
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
            .withLocalDatacenter(ring.datacenter())
            .build()) {
      var asked = node(session, address[0]);
      pauseOthers(node);
      SimpleStatement all =
          SimpleStatement.newInstance("SELECT n, k, v FROM " + keyspace.name() + "." + name)
              .setConsistencyLevel(ConsistencyLevel.LOCAL_ONE)
              .setTimeout(Duration.ofMinutes(1))
              .setNode(asked);
      long sum = 0;
      long rows = 0;
      for (Row row : whenAlone(() -> session.execute(all).all())) {
        long n = row.getLong(0);
        assertThat(row.getLong(1)).isEqualTo(n / 10);
        assertThat(row.getString(2)).isEqualTo("v" + n % 1000);
        sum += n;
        rows++;
      }
      assertThat(rows).as("rows on node %s", node).isEqualTo(ROWS);
      assertThat(sum).as("sum on node %s", node).isEqualTo(ROWS * (ROWS - 1) / 2);
      SimpleStatement indexed =
          SimpleStatement.newInstance(
                  "SELECT n FROM " + keyspace.name() + "." + name + " WHERE v = 'v7'")
              .setConsistencyLevel(ConsistencyLevel.LOCAL_ONE)
              .setTimeout(Duration.ofMinutes(1))
              .setNode(asked);
      assertThat(whenAlone(() -> session.execute(indexed).all()))
          .as("by the index")
          .hasSize((int) (ROWS / 1000));
    } finally {
      for (int each = 1; each <= ring.nodes(); each++) {
        ring.resume(each);
      }
    }
  }

  /** Until the node has noticed that the others do not answer, it asks them. */
  private static List<Row> whenAlone(Supplier<List<Row>> query) {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      try {
        return query.get();
      } catch (DriverException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private static com.datastax.oss.driver.api.core.metadata.Node node(
      CqlSession session, String host) {
    return session.getMetadata().getNodes().values().stream()
        .filter(
            node ->
                ((InetSocketAddress) node.getEndPoint().resolve())
                    .getAddress()
                    .getHostAddress()
                    .equals(host))
        .findFirst()
        .orElseThrow();
  }

  private void pauseOthers(int node) {
    for (int each = 1; each <= ring.nodes(); each++) {
      if (each != node) {
        ring.pause(each);
      }
    }
  }
}
