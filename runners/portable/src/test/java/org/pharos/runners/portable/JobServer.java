package org.pharos.runners.portable;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pharos.local.MavenArtifacts;
import org.pharos.pipelines.jobs.Voice;

/**
 * Beam's job server for Flink with a Flink of its own, in a JVM that has none of our steps and ends
 * with this one.
 */
final class JobServer {
  private static final JobServer SHARED = start();

  private final Process process;
  private final int port;

  private JobServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Our voice, led to the job server of this JVM's tests. */
  static Voice voice() {
    Voice portable = PortableLauncher.VOICE;
    List<String> first = new ArrayList<>(portable.first());
    first.add("--jobEndpoint=127.0.0.1:" + SHARED.port);
    return new Voice(
        portable.name(), first, portable.note(), portable.streaming(), portable.cluster());
  }

  private static JobServer start() {
    try {
      int port = freePort();
      Path directory = Files.createDirectories(Path.of("target", "job-server").toAbsolutePath());
      Path log = directory.resolve("log.txt");
      Process process =
          new ProcessBuilder(command(port))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      for (int attempt = 0; !accepts(port); attempt++) {
        if (process.waitFor(200, TimeUnit.MILLISECONDS) || attempt == 300) {
          throw new IllegalStateException("the job server does not answer; its log is " + log);
        }
      }
      return new JobServer(process, port);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<String> command(int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        Stream.of(
                MavenArtifacts.classPath(System.getProperty("pharos.job.server")),
                MavenArtifacts.classPath(System.getProperty("pharos.job.server.logging")),
                List.of(tether()))
            .flatMap(List::stream)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.addAll(
        List.of(
            "org.pharos.local.Tether",
            "-",
            "org.apache.beam.runners.flink.FlinkJobServerDriver",
            "--job-host=127.0.0.1",
            "--job-port=" + port,
            "--artifact-port=0",
            "--expansion-port=0",
            "--flink-master=[local]"));
    return command;
  }

  private static Path tether() {
    try {
      return Path.of(
          MavenArtifacts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
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
  public String toString() {
    return "job server " + process.pid() + " on port " + port;
  }
}
