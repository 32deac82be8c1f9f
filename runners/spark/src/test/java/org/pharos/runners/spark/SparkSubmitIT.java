package org.pharos.runners.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;

/** The jar for clusters, given to Spark's own client. */
@WithCassandra
class SparkSubmitIT {
  private final TestKeyspace keyspace;

  SparkSubmitIT(TestKeyspace keyspace) {
    this.keyspace = keyspace;
  }

  private record Ended(int code, String out) {}

  @Test
  void takes_a_pipeline_of_the_jar(@TempDir Path directory) throws Exception {
    keyspace.execute("CREATE TABLE few (k int PRIMARY KEY)");
    keyspace.execute("INSERT INTO few (k) VALUES (1)");
    Path digests = directory.resolve("digests.txt");

    Ended done = submit(directory, "digest-tables", "--tables=few", "--digests=" + digests);

    assertThat(done.code()).as(done.out()).isZero();
    assertThat(done.out()).contains("digest-tables: done in");
    assertThat(Files.readString(digests)).startsWith("few 1 ");
  }

  @Test
  void a_job_that_cannot_run_ends_with_the_reason(@TempDir Path directory) throws Exception {
    Ended ended = submit(directory, "digest-tables", "--tables=none", "--digests=nowhere");

    assertThat(ended.code()).as(ended.out()).isEqualTo(1);
    assertThat(ended.out()).contains("there is no table none in keyspace " + keyspace.name());
  }

  private Ended submit(Path directory, String pipeline, String... flags) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        SharedSpark.SPARK.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", SharedSpark.SPARK.address()));
    command.addAll(List.of(SharedSpark.JAR, "run", pipeline));
    command.addAll(Arrays.asList(flags));
    command.addAll(
        List.of(
            "--keyspace=" + keyspace.name(),
            "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
            "--localDatacenter=" + keyspace.cluster().datacenter()));
    Path out = directory.resolve("out.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().putAll(SharedSpark.SPARK.environment());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
  }
}
