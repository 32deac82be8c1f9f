package org.pharos.benchmarks.harness;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.pharos.benchmarks.workload.Outcome;
import org.pharos.benchmarks.workload.Task;

/**
 * A peer's JVM, from its start to its end. The system property {@code pharos.bench.java.PEER} gives
 * it further options, a line each: to profile it, for one.
 */
final class PeerProcess {
  /** No run that makes sense takes longer. */
  private static final int MOST_MINUTES = 60;

  /** Bytes, of which the outcome and the last error are among the last. */
  private static final int MOST_SAID = 1 << 20;

  /** What Beam, Flink and Spark reach into. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final Path root;
  private final Path directory;

  /**
   * @param root of the project, where the modules were built
   * @param directory for what the processes print
   */
  PeerProcess(Path root, Path directory) {
    this.root = root;
    this.directory = directory;
  }

  /** Where the processes leave what they leave. */
  Path directory() {
    return directory;
  }

  /** How a process ended: the outcome if it got so far, and the end of what it printed. */
  record Result(Optional<Outcome> outcome, String lastLines) {}

  Result run(PeerProgram peer, Task task) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, peer + "-", ".log");
    Process process =
        new ProcessBuilder(command(peer, task))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Thread end = new Thread(process::destroyForcibly, "end of " + peer);
    Runtime.getRuntime().addShutdownHook(end);
    boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    Runtime.getRuntime().removeShutdownHook(end);
    String text = lastOf(output);
    String last = ended ? lastLines(text) : "not done after " + MOST_MINUTES + " minutes";
    return new Result(
        ended && process.exitValue() == 0 ? Outcome.find(text) : Optional.empty(), last);
  }

  private List<String> command(PeerProgram peer, Task task) throws IOException {
    Path target = root.resolve(peer.module()).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx2g", "-XX:+UseParallelGC"));
    OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-Djava.util.logging.config.file=" + logging());
    String more = System.getProperty("pharos.bench.java." + peer, "");
    more.lines().filter(option -> !option.isBlank()).forEach(command::add);
    if (peer == PeerProgram.BULK) {
      command.add("-Dpharos.bench.bulk=" + classPath(root.resolve("bulk").resolve("target")));
    }
    if (peer == PeerProgram.GROUPED) {
      command.add("-Dpharos.bench.grouped=true");
    }
    command.add("-cp");
    command.add(classPath(target));
    command.add(peer.mainClass());
    command.addAll(task.arguments());
    return command;
  }

  private static String classPath(Path target) throws IOException {
    return target.resolve("classes")
        + File.pathSeparator
        + Files.readString(target.resolve("pharos.classpath")).trim();
  }

  private Path logging() throws IOException {
    Path file = directory.resolve("logging.properties");
    if (!Files.exists(file)) {
      Files.writeString(file, "handlers=java.util.logging.ConsoleHandler\n.level=WARNING\n");
    }
    return file;
  }

  /** The end of what a peer said: one that fails for each row says more than memory holds. */
  private static String lastOf(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      byte[] last = new byte[(int) Math.min(MOST_SAID, file.length())];
      file.seek(file.length() - last.length);
      file.readFully(last);
      return new String(last, StandardCharsets.ISO_8859_1);
    }
  }

  private static String lastLines(String text) {
    List<String> lines =
        text.lines().filter(line -> !line.startsWith("\tat ") && !line.isBlank()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - 8))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
