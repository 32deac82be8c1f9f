package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pharos.local.LocalFlink;
import org.pharos.local.TestKeyspace;

/** A program in a JVM of its own, as people start it, and all that it prints. */
final class JavaProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Path out;

  /**
   * What a program came to.
   *
   * @param out all that it printed
   */
  record Ended(int code, String out) {}

  private JavaProcess(Path directory, ProcessBuilder builder) throws IOException {
    this.out = directory.resolve("out.txt");
    this.process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
  }

  /** Our launcher, as the script starts it, in a keyspace. */
  static JavaProcess launcher(Path directory, TestKeyspace keyspace, String... arguments)
      throws IOException {
    return launcher(directory, where(keyspace), arguments);
  }

  /** Our launcher, as the script starts it, with the options that lead it to Cassandra. */
  static JavaProcess launcher(Path directory, List<String> where, String... arguments)
      throws IOException {
    List<String> command = java();
    command.add("-Dpharos.cluster.jar=" + SharedFlink.JAR);
    command.add("-Dpharos.terminal=true");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FlinkLauncher.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(where);
    return new JavaProcess(directory, new ProcessBuilder(command));
  }

  /** Flink's own client, as its distribution starts it: {@code flink ACTION ...}. */
  static JavaProcess flink(Path directory, LocalFlink flink, List<String> arguments)
      throws IOException {
    List<String> command = java();
    command.add("-cp");
    command.add(
        flink.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add("org.apache.flink.client.cli.CliFrontend");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FLINK_CONF_DIR", flink.configuration().toString());
    return new JavaProcess(directory, builder);
  }

  private static List<String> java() {
    // The programs of tests end before an optimizing compiler has paid for itself.
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"),
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens")))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** The options that lead a job to a keyspace. */
  static List<String> where(TestKeyspace keyspace) {
    return List.of(
        "--keyspace=" + keyspace.name(),
        "--contactPoints=" + String.join(",", keyspace.cluster().contactPoints()),
        "--localDatacenter=" + keyspace.cluster().datacenter());
  }

  /** Waits until the program ends by itself. */
  Ended ended() throws Exception {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("ends by itself; so far it has said: %s", said())
        .isTrue();
    return new Ended(process.exitValue(), said());
  }

  /** Waits until the program has printed a text. */
  void awaitSaid(String text) throws Exception {
    for (int attempt = 0; attempt < 600 && !said().contains(text); attempt++) {
      Thread.sleep(200);
    }
    assertThat(said()).contains(text);
  }

  /** All that it has printed so far. */
  String said() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
