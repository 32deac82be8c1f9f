package org.pharos.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** One node of a Cassandra. Not safe for use by several threads. */
final class Node {
  private final NodeSettings settings;
  private final List<Path> server;
  private final ChildProcess process;

  Node(NodeSettings settings, List<Path> server) {
    this.settings = settings;
    this.server = server;
    this.process =
        new ChildProcess(
            "Cassandra " + settings.version().text() + " on " + settings.contactPoint(),
            settings.directory(),
            settings.log(),
            settings.output());
  }

  NodeSettings settings() {
    return settings;
  }

  ChildProcess process() {
    return process;
  }

  boolean isRunning() {
    return process.isRunning();
  }

  /** Starts the process and does not wait until it answers. */
  void start() {
    process.requireNotRunning();
    try {
      NodeFiles.write(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(this + " cannot be started", e);
    }
    process.start(NodeCommand.of(settings, server));
  }

  /**
   * Waits until the native port accepts.
   *
   * @throws IllegalStateException with the end of the log when the process ends before, or has not
   *     come so far in time
   */
  void awaitPort(Instant deadline) {
    process.awaitPort(
        settings.address(), settings.nativePort(), deadline, "does not accept CQL connections");
  }

  /** A moment's wait; fails when the process has ended or the time is over. */
  void awaitMore(Instant deadline, String problem) {
    process.awaitMore(deadline, problem);
  }

  /** Leaves to later starts what this one has read: see {@link ClassArchive}. */
  void keepClasses(NodeManagement management) {
    NodeCommand.archive(settings, server).ifPresent(archive -> archive.writtenBy(management));
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
