package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.StreamsContract;

/** What pipelines without an end do on every runner, on a real cluster; and its savepoints. */
@Tag("slow")
class ClusterStreamsIT extends StreamsContract {
  private static final int EVENTS = 500;
  private static final ClusterJobs JOBS = new ClusterJobs(SharedFlink.CLUSTER);

  private final TestKeyspace keyspace;

  ClusterStreamsIT(TestKeyspace keyspace) {
    super(SharedFlink.voice(SharedFlink.JAR), keyspace);
    this.keyspace = keyspace;
  }

  /** A launcher that is interrupted leaves its job to the cluster. */
  @Override
  protected void stop(Thread launcher) {
    JOBS.cancel();
  }

  /** What was written since the last checkpoint is read, and written, again. */
  @Override
  protected void disturb() {
    SharedFlink.CLUSTER.killTaskManager(1);
    SharedFlink.CLUSTER.startTaskManager(1);
  }

  @Test
  void stopped_with_a_savepoint_and_started_with_a_new_jar_it_goes_on_where_it_was(
      @TempDir Path directory) throws Exception {
    String topic = topic("steps", 2);
    keyspace.execute("CREATE TABLE steps (id int PRIMARY KEY)");
    send(topic, 0, "k", events(0, EVENTS));
    send(topic, 1, "k", events(EVENTS, 2 * EVENTS));
    String savepoint;
    try (Running job = run("ingest-events", "--topics=" + topic, "--table=steps")) {
      job.await("SELECT count(*) FROM steps", String.valueOf(2 * EVENTS));
      savepoint = JOBS.stopWithSavepoint();
      job.awaitEnd();
    }
    // Whatever is read a second time would be written again.
    keyspace.execute("TRUNCATE steps");
    send(topic, 0, "k", events(2 * EVENTS, 3 * EVENTS));
    send(topic, 1, "k", "no event");
    Path jar = Files.copy(Path.of(SharedFlink.JAR), directory.resolve("next-version.jar"));

    try (Running job =
        run(
            SharedFlink.voice(jar.toString()),
            "ingest-events",
            "--topics=" + topic,
            "--table=steps",
            "--deadLetterTable=bad_steps",
            "--createTables=true",
            "--savepointPath=" + savepoint)) {
      job.await("SELECT partition, offset FROM bad_steps", "1, " + EVENTS);
      job.await("SELECT count(*) FROM steps", String.valueOf(EVENTS));
    }
    assertThat(keyspace.execute("SELECT id FROM steps").all())
        .extracting(row -> row.getInt("id"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(2 * EVENTS, 3 * EVENTS).boxed().toList());
  }

  private static String[] events(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> "{\"id\":" + id + "}").toArray(String[]::new);
  }
}
