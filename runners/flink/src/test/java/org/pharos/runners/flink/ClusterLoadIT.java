package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.FaultyNetwork;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;
import org.pharos.pipelines.launcher.SharedKafka;

/** A stream on two task managers that is held back: by a limit, and by a slow way to Cassandra. */
@Tag("slow")
@WithCassandra
class ClusterLoadIT {
  private static final int MESSAGES = 200_000;

  private final TestKeyspace keyspace;
  private final String topic = "load-" + UUID.randomUUID();

  @TempDir Path directory;

  ClusterLoadIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  @BeforeEach
  void fill() {
    keyspace.execute("DROP TABLE IF EXISTS steps");
    keyspace.execute("CREATE TABLE steps (id int PRIMARY KEY, text text)");
    SharedKafka.create(topic, 2);
    SharedKafka.send(
        IntStream.range(0, MESSAGES)
            .mapToObj(
                id ->
                    new ProducerRecord<byte[], byte[]>(
                        topic,
                        id % 2,
                        null,
                        "{\"id\":%d,\"text\":\"%s\"}"
                            .formatted(id, "x".repeat(100))
                            .getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  private JavaProcess ingest(LocalFlink flink, List<String> where, String... more)
      throws IOException {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "run",
                "ingest-events",
                "--table=steps",
                "--topics=" + topic,
                "--bootstrapServers=" + SharedKafka.bootstrapServers(),
                "--parallelism=2",
                "--flinkMaster=" + flink.address()));
    arguments.addAll(List.of(more));
    return JavaProcess.launcher(directory, where, arguments.toArray(new String[0]));
  }

  private static LocalFlink twoTaskManagers() {
    return LocalFlink.builder().taskManagers(2).slots(1).start();
  }

  @Test
  void a_limit_for_the_whole_job_holds_on_two_task_managers() throws Exception {
    try (LocalFlink flink = twoTaskManagers();
        JavaProcess launcher =
            ingest(
                flink, JavaProcess.where(keyspace), "--maxRowsPerSecond=800", "--writeWorkers=2")) {
      awaitWritten(2_000, launcher);

      double rate = rate(20);

      System.err.printf("limit 800 rows/s: %.0f rows/s%n", rate);
      assertThat(rate).isBetween(720.0, 880.0);
    }
  }

  @Test
  void a_slow_way_to_cassandra_slows_the_job_and_nothing_else() throws Exception {
    String contactPoint = keyspace.cluster().contactPoints().get(0);
    try (LocalFlink flink = twoTaskManagers();
        FaultyNetwork network = FaultyNetwork.to(contactPoint);
        JavaProcess launcher =
            ingest(
                flink,
                List.of(
                    "--keyspace=" + keyspace.name(),
                    "--contactPoints=" + network.contactPoint(),
                    "--localDatacenter=" + keyspace.cluster().datacenter()))) {
      awaitWritten(5_000, launcher);
      network.limit(100_000);
      Thread.sleep(5_000);
      long before = memory(flink);

      double rate = rate(30);

      ClusterJobs jobs = new ClusterJobs(flink);
      long after = memory(flink);
      long throttled = jobs.metric("throttling-msecs");
      System.err.printf(
          "slowed: %.0f rows/s, task managers %d -> %d MB, throttled %d ms%n",
          rate, before, after, throttled);
      assertThat(rate).isBetween(50.0, 1_500.0);
      assertThat(after).isLessThan(before + 200);
      assertThat(jobs.restarts()).isZero();
      assertThat(throttled).isPositive();

      network.heal();
      awaitWritten(MESSAGES, launcher);
      assertThat(jobs.restarts()).isZero();
    }
  }

  private double rate(int seconds) throws InterruptedException {
    long first = written();
    long begun = System.nanoTime();
    Thread.sleep(seconds * 1000L);
    return (written() - first) / ((System.nanoTime() - begun) / 1e9);
  }

  /** The node has the job's work to do as well: what it does not answer in time is asked again. */
  private long written() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return keyspace.execute("SELECT count(*) FROM steps").one().getLong(0);
      } catch (ReadTimeoutException e) {
        if (attempt == 20) {
          throw e;
        }
        Thread.sleep(500);
      }
    }
  }

  private void awaitWritten(long rows, JavaProcess launcher) throws Exception {
    for (int attempt = 0; attempt < 240 && written() < rows; attempt++) {
      Thread.sleep(500);
    }
    assertThat(written()).as(launcher.said()).isGreaterThanOrEqualTo(rows);
  }

  /** What both task managers have of the machine's memory, in megabytes. */
  private static long memory(LocalFlink flink) throws IOException {
    long kilobytes = 0;
    for (int i = 1; i <= 2; i++) {
      for (String line : Files.readAllLines(Path.of("/proc/" + flink.pid(i) + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    }
    return kilobytes / 1024;
  }
}
