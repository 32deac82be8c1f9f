package org.pharos.drills;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.pharos.drills.rows.EventRows;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.drills.streams.DeadLetterTopic;
import org.pharos.drills.streams.FlinkJob;
import org.pharos.drills.streams.SentEvents;
import org.pharos.local.LocalCassandra;
import org.pharos.local.LocalFlink;
import org.pharos.local.LocalKafka;
import org.pharos.schemas.Table;

/**
 * Events go from a real Kafka through a job on a real Flink cluster of two task managers into three
 * nodes at LOCAL_QUORUM; while they come, a task manager and later a node are killed and started
 * again. The table must be what the events say, the last event of each key, written at its own
 * time, and the dead letters exactly those messages that are no events.
 */
final class Stream implements Drill {
  private static final String TOPIC = "events";
  private static final String LETTERS = "dead-letters";
  private static final int PARTITIONS = 4;
  private static final int SLOTS = 2;
  private static final int STEPS = 100;
  private static final long POLL_MILLIS = 250;
  private static final long STALL_MILLIS = 300_000;
  private static final int DOWN_MILLIS = 8_000;

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String summary() {
    return "Kafka into a table by a job on a Flink cluster; kill -9 of a task manager and of a"
        + " node";
  }

  @Override
  public List<Finding> run(Ground ground) {
    Path jar = jar();
    LocalCassandra ring = ground.ring();
    EventRows rows = new EventRows(ground.rows());
    String keyspace = Ground.keyspace(ring, this);
    Table table = rows.table(keyspace, TOPIC);
    table.createStatements().forEach(ring.session()::execute);
    ring.awaitSchema();
    ground.say("starting Kafka and a Flink cluster of two task managers ...");
    try (LocalKafka kafka = LocalKafka.builder().partitions(PARTITIONS).start();
        LocalFlink flink = LocalFlink.builder().taskManagers(2).slots(SLOTS).start();
        SentEvents sent = new SentEvents(rows, kafka.bootstrapServers(), TOPIC)) {
      long start = System.nanoTime();
      FlinkJob job =
          FlinkJob.submit(
              jar,
              flink.address(),
              ground.logs().resolve("stream.log"),
              List.of(
                  "ingest-events",
                  "--bootstrapServers=" + kafka.bootstrapServers(),
                  "--topics=" + TOPIC,
                  "--table=" + TOPIC,
                  "--keyspace=" + keyspace,
                  "--timeColumn=" + EventRows.AT,
                  "--deadLetterTopic=" + LETTERS,
                  "--contactPoints=" + String.join(",", ring.contactPoints()),
                  "--localDatacenter=" + ring.datacenter(),
                  "--executionRetryDelay=2000",
                  "--parallelism=" + 2 * SLOTS));
      Watch watch = new Watch(ground, ring.session(), job, rows, table);
      watch.awaitRow(rows.count() * 3 / 10);
      ground.say("task manager 2 is killed");
      flink.killTaskManager(2);
      pause();
      ground.say("task manager 2 starts again");
      flink.startTaskManager(2);
      watch.awaitRow(rows.count() * 6 / 10);
      ground.say("node 3 is killed");
      ring.kill(3);
      pause();
      ground.say("node 3 starts again");
      ring.start(3);
      sent.await();
      sent.last().forEach(watch::awaitRow);
      // What was in flight beside these rows is written when the next checkpoint but one is.
      long before = job.checkpoints();
      watch.await(() -> job.checkpoints() >= before + 2, "two checkpoints");
      double seconds = (System.nanoTime() - start) / 1e9;
      String end = job.state();
      long restores = job.restores();
      String failure = job.failure();
      long checkpoints = job.checkpoints();
      job.cancel();
      RowTally stored = new TableProof(ring.session()).of(table, rows, true);
      List<String> letters = DeadLetterTopic.places(kafka.bootstrapServers(), LETTERS);
      return List.of(
          table(sent, stored, rows, seconds)
              .and(
                  end.equals("RUNNING") && restores >= 1,
                  String.format(
                      Locale.ROOT,
                      "%,d messages (%s); %d restarts, %d checkpoints, last failure: %s",
                      sent.messages(),
                      sent.company(),
                      restores,
                      checkpoints,
                      failure.isEmpty() ? "none" : failure)),
          letters(sent.malformed(), letters, seconds));
    }
  }

  private Finding table(SentEvents sent, RowTally stored, EventRows rows, double seconds) {
    return new Finding(
        name(),
        "events",
        rows.count(),
        stored.found(),
        stored.doubled(),
        rows.count() - stored.found(),
        sent.malformed().size(),
        seconds,
        -1,
        -1,
        stored.found() == rows.count() && stored.doubled() == 0 && stored.wrong() == 0,
        stored.wrong() == 0 ? "" : stored.wrong() + " rows with wrong content");
  }

  private Finding letters(Set<String> malformed, List<String> letters, double seconds) {
    Set<String> distinct = new HashSet<>(letters);
    Set<String> strangers = new HashSet<>(distinct);
    strangers.removeAll(malformed);
    Set<String> missing = new HashSet<>(malformed);
    missing.removeAll(distinct);
    // Kafka's output is at least once: repeated letters are told, and no fault.
    return new Finding(
        name(),
        "dead letters",
        malformed.size(),
        malformed.size() - missing.size(),
        0,
        missing.size(),
        distinct.size(),
        seconds,
        -1,
        -1,
        missing.isEmpty() && strangers.isEmpty(),
        (letters.size() - distinct.size())
            + " sent again after a restart"
            + (strangers.isEmpty() ? "" : "; events among them: " + strangers));
  }

  private static Path jar() {
    String jar = System.getProperty("pharos.cluster.jar", "");
    if (jar.isEmpty() || !Files.exists(Path.of(jar))) {
      throw new IllegalStateException(
          "the jar for clusters is missing; ./pharos drill stream builds it");
    }
    return Path.of(jar);
  }

  private static void pause() {
    try {
      Thread.sleep(DOWN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Looks at the table until something is there; tells how far it is. */
  private static final class Watch {
    private final Ground ground;
    private final CqlSession session;
    private final FlinkJob job;
    private final EventRows rows;
    private final String query;
    private long step;

    Watch(Ground ground, CqlSession session, FlinkJob job, EventRows rows, Table table) {
      this.ground = ground;
      this.session = session;
      this.job = job;
      this.rows = rows;
      this.query =
          "SELECT %s FROM %s WHERE %s = ? AND %s = ?"
              .formatted(
                  EventRows.AT, table.qualifiedName(), NumberedRows.ENTITY, NumberedRows.NUMBER);
    }

    /** Returns when the row of a number is there. */
    void awaitRow(long number) {
      await(() -> has(number), "row " + number);
    }

    void await(BooleanSupplier condition, String what) {
      long deadline = System.currentTimeMillis() + STALL_MILLIS;
      while (!condition.getAsBoolean()) {
        if (show()) {
          deadline = System.currentTimeMillis() + STALL_MILLIS;
        }
        String state = job.state();
        if (state.equals("FAILED") || System.currentTimeMillis() > deadline) {
          throw new IllegalStateException(
              "waiting for " + what + ", the job is " + state + ": " + job.failure());
        }
        try {
          Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted", e);
        }
      }
    }

    /** Whether there is more than before. */
    private boolean show() {
      long before = step;
      while (step < STEPS && has(rows.count() * step / STEPS)) {
        step++;
      }
      if (step / 10 > before / 10) {
        ground.say(step / 10 * 10 + " % of the events are in the table");
      }
      return step > before;
    }

    private boolean has(long number) {
      try {
        return session.execute(query, rows.values(number).get(0), number).one() != null;
      } catch (DriverException e) {
        // A node was killed: the next look will tell.
        return false;
      }
    }
  }
}
