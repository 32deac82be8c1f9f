package org.pharos.runners.spark;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pharos.local.MavenArtifacts;

/**
 * A standalone Spark cluster on 127.0.0.1: a master and a worker of two cores, in JVMs of their own
 * that end with this one.
 */
final class StandaloneSpark implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final Path home;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneSpark(Path home, int port) {
    this.home = home;
    this.port = port;
  }

  /** Starts both; what they need and leave is in a folder. */
  static StandaloneSpark start(Path home, String version) throws Exception {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path jar :
        MavenArtifacts.classPath("org.apache.spark:spark-streaming_2.12:" + version)) {
      Path link = jars.resolve(jar.getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, jar);
      }
    }
    StandaloneSpark spark = new StandaloneSpark(home, freePort());
    try {
      spark.launch(
          "org.apache.spark.deploy.master.Master",
          List.of("--host", ADDRESS, "--port", "" + spark.port, "--webui-port", "" + freePort()));
      spark.awaitMaster();
      spark.launch(
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host", ADDRESS, "--webui-port", "" + freePort(), "--cores", "2", "--memory", "1g",
              "--work-dir", home.resolve("work").toString(), spark.address()));
      return spark;
    } catch (Exception | Error e) {
      spark.close();
      throw e;
    }
  }

  /** Where jobs go: {@code spark://host:port}. */
  String address() {
    return "spark://" + ADDRESS + ":" + port;
  }

  /** Starts {@code spark-submit}, with what goes after its own options. */
  Process submit(Path out, List<String> arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", address()));
    all.add("--conf");
    all.add("spark.driver.host=" + ADDRESS);
    all.addAll(arguments);
    return java(out, "org.apache.spark.deploy.SparkSubmit", all);
  }

  private void launch(String mainClass, List<String> arguments) throws IOException {
    processes.add(java(home.resolve(mainClass + ".log"), mainClass, arguments));
  }

  private Process java(Path out, String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-cp");
    command.add(home.resolve("jars") + "/*" + File.pathSeparator + local());
    // Ends the process when this one ends.
    command.addAll(List.of("org.pharos.local.Tether", "-", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    // The worker finds there what its executors run with.
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", ADDRESS);
    return builder.start();
  }

  private static Path local() {
    try {
      return Path.of(
          MavenArtifacts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitMaster() throws InterruptedException {
    Instant deadline = Instant.now().plus(START_LIMIT);
    while (!accepts()) {
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("Spark's master does not answer; its log is in " + home);
      }
      Thread.sleep(100);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(ADDRESS, port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
