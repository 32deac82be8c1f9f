package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process, from start to end, as often as wanted. Not safe for use by several threads.
 *
 * <p>A child of {@link TetheredJava} ends with this process, whatever ends that.
 */
final class ChildProcess {
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final String name;
  private final Path directory;
  private final Path log;
  private final Path output;
  private @Nullable Process process;
  private @Nullable Process pause;

  /**
   * A process that does not run yet.
   *
   * @param name what messages call it
   * @param directory where it works
   * @param log what it writes to
   * @param output where its terminal goes: the JVM's own complaints, if it has a log
   */
  ChildProcess(String name, Path directory, Path log, Path output) {
    this.name = name;
    this.directory = directory;
    this.log = log;
    this.output = output;
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  long pid() {
    return running().pid();
  }

  /** Starts the process and does not wait until it answers. */
  void start(List<String> command) {
    start(command, Map.of());
  }

  /** As {@link #start(List)}, with environment variables beside those of this process. */
  void start(List<String> command, Map<String, String> environment) {
    requireNotRunning();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    try {
      Files.createDirectories(output.getParent());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(this + " cannot be started", e);
    }
  }

  void requireNotRunning() {
    if (isRunning()) {
      throw new IllegalStateException(this + " is running already");
    }
  }

  /** A moment's wait; fails when the process has ended or the time is over. */
  void awaitMore(Instant deadline, String problem) {
    try {
      if (running().waitFor(100, TimeUnit.MILLISECONDS)) {
        throw failure("ended with exit code " + running().exitValue() + " before it was ready");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("was interrupted while it started");
    }
    if (Instant.now().isAfter(deadline)) {
      throw failure(problem + " although its time to start is over");
    }
  }

  /** Waits until somebody accepts connections there. */
  void awaitPort(String address, int port, Instant deadline, String problem) {
    while (!LoopbackPorts.accepts(address, port)) {
      awaitMore(deadline, problem);
    }
  }

  /** Waits for a process that ends by itself; fails unless it ends well. */
  void awaitEnd(Instant deadline) {
    if (!ends(Duration.between(Instant.now(), deadline))) {
      kill();
      throw failure("has not ended in time");
    }
    if (running().exitValue() != 0) {
      throw failure("ended with exit code " + running().exitValue());
    }
  }

  /** Ends the process as an operator would, so that it writes all it has. */
  void stop() {
    if (isRunning()) {
      resume();
      running().destroy();
      if (!ends(GRACE)) {
        kill();
      }
    }
  }

  /** Ends the process as {@code kill -9} does. */
  void kill() {
    if (isRunning()) {
      running().destroyForcibly();
      if (!ends(GRACE)) {
        throw failure("does not end after kill -9");
      }
    }
    endPause();
  }

  /** Makes the process stand still: its connections stay open and nothing answers. */
  void pause() {
    if (pause != null) {
      return;
    }
    long pid = pid();
    try {
      // The shell waits for its input to end, so a parent that dies leaves no process standing
      // still for ever.
      pause =
          new ProcessBuilder(
                  "sh", "-c", "kill -STOP %1$d; echo; read line; kill -CONT %1$d".formatted(pid))
              .start();
      if (pause.getInputStream().read() < 0) {
        throw failure("cannot be paused: is there a POSIX shell?");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(this + " cannot be paused", e);
    }
  }

  /** Lets a paused process go on. */
  void resume() {
    endPause();
  }

  private void endPause() {
    if (pause != null) {
      try {
        pause.getOutputStream().close();
        pause.waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(this + " cannot be resumed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      pause = null;
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException(this + " was never started");
    }
    return process;
  }

  private boolean ends(Duration time) {
    try {
      return running().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What went wrong, with the end of what the process wrote. */
  IllegalStateException failure(String problem) {
    return new IllegalStateException(
        "%s %s. Its log is %s, which ends with:%n%s%s"
            .formatted(this, problem, log, end(log), log.equals(output) ? "" : end(output)));
  }

  /**
   * The last lines but for the frames of stack traces, which would leave no room for the reasons.
   */
  private static String end(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      List<String> telling =
          lines.filter(line -> !line.startsWith("\tat ") && !line.isBlank()).toList();
      return telling.stream()
          .skip(Math.max(0, telling.size() - 15))
          .map(line -> line + System.lineSeparator())
          .collect(Collectors.joining());
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
