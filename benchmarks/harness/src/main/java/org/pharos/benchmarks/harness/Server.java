package org.pharos.benchmarks.harness;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.pharos.benchmarks.workload.Serving;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.local.LocalCassandra;

/** The one node that all peers work with, with one table. */
final class Server implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 2048;

  private static final Duration LONGEST_REST = Duration.ofMinutes(2);
  private static final double IDLE = 0.05;
  private static final int IN_FLIGHT = 128;

  private final LocalCassandra cassandra;
  private final Shape shape;

  private Server(LocalCassandra cassandra, Shape shape) {
    this.cassandra = cassandra;
    this.shape = shape;
  }

  static Server start(Shape shape) {
    LocalCassandra cassandra = LocalCassandra.builder().heapMegabytes(HEAP_MEGABYTES).start();
    Server server = new Server(cassandra, shape);
    server.execute(
        "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}"
            .formatted(Shape.KEYSPACE));
    server.execute(shape.createStatement());
    return server;
  }

  String contactPoint() {
    return cassandra.contactPoints().get(0);
  }

  String datacenter() {
    return cassandra.datacenter();
  }

  void truncate() {
    execute("TRUNCATE " + shape.qualifiedTable());
  }

  /** Writes the table to disk, so that its size is known. */
  void flush() {
    cassandra.flush(Shape.KEYSPACE);
  }

  /** Creates the online tables of all views, and writes them. */
  void loadViews() throws InterruptedException {
    CqlSession session = cassandra.session();
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int view = 0; view < Serving.VIEWS; view++) {
      execute(Serving.createStatement(view));
      PreparedStatement insert = session.prepare(Serving.insertStatement(view));
      for (long entity = 0; entity < Serving.ENTITIES; entity++) {
        room.acquire();
        CompletionStage<?> ignored =
            session
                .executeAsync(
                    insert.bind(
                        entity,
                        Instant.EPOCH,
                        Serving.feature(view, entity, 0),
                        Serving.feature(view, entity, 1),
                        Serving.feature(view, entity, 2)))
                // What is missing afterwards, the digests of the answers tell.
                .whenComplete((result, failure) -> room.release());
      }
    }
    room.acquire(IN_FLIGHT);
    flush();
  }

  /** User and system time so far. */
  double cpuSeconds() {
    return ProcessHandle.of(cassandra.pid(1))
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(() -> new IllegalStateException("the server's CPU time is not told"))
            .toMillis()
        / 1e3;
  }

  /** Waits until the server does next to nothing: compactions of the last run are over. */
  void rest() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_REST.toNanos();
    double before = cpuSeconds();
    double used = 1;
    while (used > IDLE && System.nanoTime() < deadline) {
      TimeUnit.SECONDS.sleep(1);
      double now = cpuSeconds();
      used = now - before;
      before = now;
    }
  }

  private void execute(String statement) {
    CqlSession session = cassandra.session();
    session.execute(SimpleStatement.newInstance(statement).setTimeout(Duration.ofMinutes(1)));
  }

  @Override
  public void close() {
    cassandra.close();
  }
}
