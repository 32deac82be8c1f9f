package org.pharos.runners.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.PipelinesContract;

/** What pipelines do on every runner, on a Spark cluster, and the jar for it by spark-submit. */
@Tag("slow")
class StandaloneIT extends PipelinesContract {
  private static final String JAR = String.valueOf(System.getProperty("pharos.cluster.jar"));

  private static StandaloneSpark spark;

  private final TestKeyspace keyspace;

  StandaloneIT(TestKeyspace keyspace) {
    super(
        new Voice(
            "spark",
            List.of(
                "--runner=SparkRunner",
                "--sparkMaster=" + spark.address(),
                "--filesToStage=" + JAR),
            "",
            SparkLauncher.VOICE.streaming(),
            Cluster.NONE),
        keyspace);
    this.keyspace = keyspace;
  }

  @BeforeAll
  static void start() throws Exception {
    // Executors call back.
    System.setProperty("spark.driver.host", "127.0.0.1");
    spark =
        StandaloneSpark.start(
            Path.of("target", "spark-cluster").toAbsolutePath(),
            org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  @AfterAll
  static void end() {
    System.clearProperty("spark.driver.host");
    spark.close();
  }

  @Test
  void spark_submit_takes_a_pipeline_of_the_jar(@TempDir Path directory) throws Exception {
    keyspace.execute("CREATE TABLE few (k int PRIMARY KEY)");
    keyspace.execute("INSERT INTO few (k) VALUES (1)");
    Path out = directory.resolve("out.txt");
    Path digests = directory.resolve("digests.txt");

    Process submit =
        spark.submit(
            out,
            List.of(
                JAR,
                "run",
                "digest-tables",
                "--tables=few",
                "--digests=" + digests,
                "--keyspace=" + keyspace.name(),
                "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
                "--localDatacenter=" + keyspace.cluster().datacenter()));
    try {
      assertThat(submit.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      submit.destroyForcibly();
    }
    String told = Files.readString(out, StandardCharsets.UTF_8);

    assertThat(submit.exitValue()).as(told).isZero();
    assertThat(told).contains("digest-tables: done in");
    assertThat(Files.readString(digests)).startsWith("few 1 ");
  }
}
