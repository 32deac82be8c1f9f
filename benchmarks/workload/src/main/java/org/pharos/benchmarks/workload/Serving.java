package org.pharos.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests for features as a service has them: of several views and entities at once, a few clients
 * asking, each waiting for its answer. The views' online tables have three features each.
 *
 * @param views that a request is about
 * @param entities that a request is about
 */
public record Serving(int views, int entities) {
  /** How many views there are. */
  public static final int VIEWS = 10;

  /** How many entities each of them has. */
  public static final long ENTITIES = 20_000;

  /** How many features a view has: f0, f1, ... */
  public static final int FEATURES = 3;

  /** How many clients ask at the same time. */
  private static final int CLIENTS = 8;

  /** Requests for so many rows of tables come before what is measured. */
  private static final int WARM_UP = 20_000;

  /** Answers a request. */
  @FunctionalInterface
  public interface Server {
    /** The features of the entities, a digest of each view and entity, summed up. */
    long ask(List<Long> entities) throws Exception;
  }

  /** What requests of this job are about. */
  public static Serving of(Job job) {
    return job == Job.SERVE_VIEWS ? new Serving(VIEWS, 1) : new Serving(1, 100);
  }

  /** How many rows of tables a request is about. */
  public long rowsARequest() {
    return (long) views * entities;
  }

  /** The name of the view of this number, 0 being the first. */
  public static String view(int number) {
    return "view" + number;
  }

  /** The name of its online table, in the keyspace of the shapes. */
  public static String table(int view) {
    return Shape.KEYSPACE + "." + view(view) + "_v1_online";
  }

  /** The statement that creates it. */
  public static String createStatement(int view) {
    return "CREATE TABLE "
        + table(view)
        + " (entity_id bigint PRIMARY KEY, as_of timestamp, f0 double, f1 double, f2 double)";
  }

  /** The statement that inserts an entity's row. */
  public static String insertStatement(int view) {
    return "INSERT INTO " + table(view) + " (entity_id, as_of, f0, f1, f2) VALUES (?, ?, ?, ?, ?)";
  }

  /** A feature of an entity. */
  public static double feature(int view, long entity, int number) {
    return (double) Kind.DOUBLE.value(Mix.mix((entity * VIEWS + view) * FEATURES + number), 1);
  }

  /** The digest of what a view says of an entity. */
  public static long digest(int view, long entity, double f0, double f1, double f2) {
    return Digest.of(new Object[] {(long) view, entity, f0, f1, f2});
  }

  private List<Long> request(long number) {
    List<Long> asked = new ArrayList<>(entities);
    for (int i = 0; i < entities; i++) {
      asked.add(Math.floorMod(Mix.mix(number * entities + i), ENTITIES));
    }
    return asked;
  }

  /** The sum of the digests of all answers to the first of the requests. */
  public long digest(long requests) {
    long sum = 0;
    for (long number = 0; number < requests; number++) {
      for (long entity : request(number)) {
        for (int view = 0; view < views; view++) {
          sum +=
              digest(
                  view,
                  entity,
                  feature(view, entity, 0),
                  feature(view, entity, 1),
                  feature(view, entity, 2));
        }
      }
    }
    return sum;
  }

  /** Sends so many requests, and tells the {@link Meter} of them. */
  public void measure(long requests, Server server) throws Exception {
    send(Math.toIntExact(WARM_UP / rowsARequest()), server);
    Meter.first();
    long[] nanos = new long[Math.toIntExact(requests)];
    long digest = send(nanos, server);
    Meter.seen(requests * rowsARequest(), digest);
    Meter.took(nanos);
  }

  private void send(int requests, Server server) throws Exception {
    long ignored = send(new long[requests], server);
    assert ignored != 0;
  }

  private long send(long[] nanos, Server server) throws Exception {
    AtomicInteger next = new AtomicInteger();
    LongAdder digest = new LongAdder();
    Callable<Void> client =
        () -> {
          for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
            List<Long> request = request(i);
            long start = System.nanoTime();
            digest.add(server.ask(request));
            nanos[i] = System.nanoTime() - start;
          }
          return null;
        };
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(client);
      }
      for (Future<Void> each : clients.invokeAll(all)) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e.getCause());
    } finally {
      clients.shutdown();
    }
    return digest.sum();
  }
}
