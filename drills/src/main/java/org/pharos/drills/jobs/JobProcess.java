package org.pharos.drills.jobs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A job that runs in a JVM of its own, from the side of who started it. */
public final class JobProcess {
  /** Heap of a job's JVM: that of a small worker. */
  private static final String HEAP = "-Xmx1g";

  private final Process process;
  private final Thread reader;
  private final long start = System.nanoTime();
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final Set<Long> unknown = ConcurrentHashMap.newKeySet();
  private volatile long passed;
  private volatile String end = "";
  private volatile long endNanos;

  private JobProcess(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "job-reader");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a job.
   *
   * @param folder where its files go: {@code NAME.job} and {@code NAME.log}
   */
  public static JobProcess start(JobSpec spec, Path folder, String name) {
    Path file = folder.resolve(name + ".job");
    File log = folder.resolve(name + ".log").toFile();
    try {
      Files.createDirectories(folder);
      spec.save(file);
      return new JobProcess(new ProcessBuilder(command(file)).redirectError(log).start());
    } catch (IOException e) {
      throw new UncheckedIOException("the job " + name + " cannot be started", e);
    }
  }

  /** This JVM's own class path and doors into the JDK. */
  private static List<String> command(Path file) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(HEAP);
    command.add("-XX:+ExitOnOutOfMemoryError");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Djava.util.logging.config.class=" + JobLogging.class.getName());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(JobMain.class.getName());
    command.add(file.toString());
    return command;
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        int mark = line.indexOf(Told.MARK);
        if (mark >= 0) {
          take(line.substring(mark + Told.MARK.length()));
        }
      }
    } catch (IOException e) {
      // The process was killed: what it had told is known.
    }
    endNanos = System.nanoTime();
  }

  private void take(String line) {
    int space = line.indexOf(' ');
    String what = line.substring(0, space);
    String value = line.substring(space + 1);
    switch (what) {
      case Told.PASSED -> passed = Long.parseLong(value);
      case Told.UNKNOWN -> {
        boolean ignored = unknown.add(Long.parseLong(value));
      }
      case Told.COUNT -> {
        int last = value.lastIndexOf(' ');
        counts.put(value.substring(0, last), Long.parseLong(value.substring(last + 1)));
      }
      case Told.END -> end = value;
      default -> throw new IllegalStateException("a job told \"" + line + "\"");
    }
  }

  /** How many rows have gone through the door, or to it, as far as is known. */
  public long passed() {
    return passed;
  }

  /** How long it has been running. */
  public double seconds() {
    return ((isRunning() ? System.nanoTime() : endNanos) - start) / 1e9;
  }

  /** Whether it has not ended yet. */
  public boolean isRunning() {
    return reader.isAlive();
  }

  /** Waits a moment for its end; tells whether it has ended. */
  public boolean waitFor(long millis) {
    try {
      reader.join(millis);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a job ran", e);
    }
    return !isRunning();
  }

  /** Ends its JVM as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    try {
      boolean ignored = process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended; it must have. */
  public JobEnd end() {
    String message =
        end.isEmpty() ? "its JVM ended without a word" : end.replaceFirst("^FAILED ", "");
    boolean done = end.equals("DONE");
    return new JobEnd(
        done, done ? "" : message, Map.copyOf(counts), Set.copyOf(unknown), seconds());
  }
}
