package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A standalone Spark cluster on 127.0.0.1: a master and a worker of two cores, each a child
 * process. It lives until {@link #close}, and never longer than this process, however that ends.
 *
 * <p>Drivers that connect to it need {@code spark.driver.host=127.0.0.1}: its executors call back.
 * Not safe for use by several threads.
 */
public final class LocalSpark implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";
  private static final int CORES = 2;
  private static final int EXECUTOR_MEGABYTES = 1536;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /** In the log of a worker that may be given work. */
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path directory;
  private final List<Path> classPath;
  private final int port;
  private final ChildProcess master;
  private final ChildProcess worker;
  private final Ending ending;

  private LocalSpark(String version, Path directory, List<Path> classPath, int port) {
    this.directory = directory;
    this.classPath = classPath;
    this.port = port;
    this.master = process("Spark " + version + " master", "master.log");
    this.worker = process("Spark " + version + " worker", "worker.log");
    this.ending = new Ending(this::end);
  }

  private ChildProcess process(String name, String log) {
    return new ChildProcess(name, directory, directory.resolve(log), directory.resolve(log));
  }

  /**
   * A cluster of the version that this build was made with, or of the system property {@code
   * pharos.spark.version}, with the libraries that Spark's distribution has.
   *
   * @throws MissingArtifactException when its jars cannot be had
   * @throws IllegalStateException when it does not start; the message ends with the log's last
   *     lines
   */
  public static LocalSpark start() {
    String version = BuiltWith.version("spark");
    List<Path> classPath =
        MavenArtifacts.classPath(
            List.of(
                "org.apache.spark:spark-streaming_2.12:" + version,
                "org.apache.spark:spark-sql_2.12:" + version));
    LocalSpark spark =
        new LocalSpark(
            version,
            Directories.temporary("pharos-spark"),
            classPath,
            LoopbackPorts.free(List.of(ADDRESS), 0));
    spark.startUp();
    return spark;
  }

  private void startUp() {
    try {
      linkJars();
      Instant deadline = Instant.now().plus(START_LIMIT);
      launch(
          master,
          "org.apache.spark.deploy.master.Master",
          List.of("--host", ADDRESS, "--port", "" + port, "--webui-port", freePort()));
      master.awaitPort(ADDRESS, port, deadline, "does not accept connections");
      launch(
          worker,
          "org.apache.spark.deploy.worker.Worker",
          List.of(
              "--host",
              ADDRESS,
              "--webui-port",
              freePort(),
              "--cores",
              "" + CORES,
              "--memory",
              EXECUTOR_MEGABYTES + "m",
              "--work-dir",
              directory.resolve("work").toString(),
              address()));
      while (!isRegistered()) {
        worker.awaitMore(deadline, "does not register with its master");
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Executors run with what is in {@code SPARK_HOME/jars}. */
  private void linkJars() {
    Path jars = Directories.create(directory.resolve("jars"));
    try {
      for (Path jar : classPath) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot fill " + jars, e);
    }
  }

  private void launch(ChildProcess process, String mainClass, List<String> arguments) {
    process.start(
        TetheredJava.command(
            OpenPackages.OPTIONS, classPath, directory, true, mainClass, arguments),
        environment());
  }

  private String freePort() {
    return "" + LoopbackPorts.free(List.of(ADDRESS), port);
  }

  private boolean isRegistered() {
    Path log = directory.resolve("worker.log");
    try {
      return Files.exists(log) && REGISTERED.matcher(Files.readString(log)).find();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + log, e);
    }
  }

  /** Where jobs are submitted: {@code spark://host:port}. */
  public String address() {
    return "spark://" + ADDRESS + ":" + port;
  }

  /** The jars of its processes, which are those of {@code spark-submit} of that version too. */
  public List<Path> classPath() {
    return classPath;
  }

  /** The environment variables of its processes, and of a {@code spark-submit} to it. */
  public Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        directory.toString(),
        "SPARK_SCALA_VERSION",
        "2.12",
        "SPARK_LOCAL_IP",
        ADDRESS);
  }

  /** Where its processes and executors keep their files and logs. */
  public Path directory() {
    return directory;
  }

  /** Ends all processes and deletes their directory. Idempotent. */
  @Override
  public void close() {
    ending.now();
  }

  private void end() {
    // Executors end with their worker, which is to tell them.
    worker.stop();
    master.kill();
    Directories.delete(directory);
  }

  @Override
  public String toString() {
    return "LocalSpark[" + address() + "]";
  }
}
