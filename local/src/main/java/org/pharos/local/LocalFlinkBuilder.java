package org.pharos.local;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a {@link LocalFlink} before it starts. */
public final class LocalFlinkBuilder {
  private int port;
  private int taskManagers = 1;
  private int slots = 2;
  private int jobManagerMegabytes = 512;
  private int taskManagerMegabytes = 768;
  private boolean shortLived;
  private @Nullable String version;
  private @Nullable Path directory;

  LocalFlinkBuilder() {}

  /** The port of jobs and of the web page; a free one unless set. */
  public LocalFlinkBuilder port(int number) {
    this.port = Bounds.within("port", number, 1024, 65_535);
    return this;
  }

  /** How many task managers, 1 to 9; 1 unless set. Each needs about 1 GB of memory. */
  public LocalFlinkBuilder taskManagers(int count) {
    this.taskManagers = Bounds.within("taskManagers", count, 1, 9);
    return this;
  }

  /** The tasks that a task manager runs beside each other; 2 unless set. */
  public LocalFlinkBuilder slots(int count) {
    this.slots = Bounds.within("slots", count, 1, 64);
    return this;
  }

  /** The heap of the job manager; 512 unless set. */
  public LocalFlinkBuilder jobManagerMegabytes(int megabytes) {
    this.jobManagerMegabytes = Bounds.within("jobManagerMegabytes", megabytes, 256, 65_536);
    return this;
  }

  /** The heap of each task manager; 768 unless set. */
  public LocalFlinkBuilder taskManagerMegabytes(int megabytes) {
    this.taskManagerMegabytes = Bounds.within("taskManagerMegabytes", megabytes, 384, 65_536);
    return this;
  }

  /**
   * Whether to start with half the work and run slower afterwards (no optimizing compiler, a simple
   * garbage collector), as suits a test of a minute; false unless set.
   */
  public LocalFlinkBuilder shortLived(boolean wanted) {
    this.shortLived = wanted;
    return this;
  }

  /**
   * The version of Flink, such as 1.18.1; unless set the system property {@code
   * pharos.flink.version}, or the one that this build was made with.
   */
  public LocalFlinkBuilder version(String text) {
    this.version = text;
    return this;
  }

  /**
   * Where to keep checkpoints, savepoints and logs, for longer than this process lives; a temporary
   * directory unless set.
   */
  public LocalFlinkBuilder directory(Path kept) {
    this.directory = kept.toAbsolutePath();
    return this;
  }

  /**
   * Starts the processes and waits until all slots are offered.
   *
   * @throws MissingArtifactException when Flink's jars cannot be had
   * @throws IllegalStateException when a process does not start; the message ends with its log's
   *     last lines
   */
  public LocalFlink start() {
    String release = version == null ? BuiltWith.version(LocalFlink.VERSION) : version;
    List<Path> server = MavenArtifacts.classPath(FlinkFiles.artifacts(release));
    List<String> addresses = LoopbackPorts.addresses(1);
    if (port != 0 && !LoopbackPorts.isFree(addresses, port)) {
      throw new IllegalStateException("Port " + port + " is taken on " + addresses);
    }
    int rest = port != 0 ? port : LoopbackPorts.free(addresses, 0);
    Path kept = directory;
    LocalFlink flink =
        new LocalFlink(
            new FlinkSettings(
                release,
                rest,
                LoopbackPorts.free(addresses, rest),
                taskManagers,
                slots,
                jobManagerMegabytes,
                taskManagerMegabytes,
                shortLived,
                kept == null,
                kept == null ? Directories.temporary("pharos-flink") : kept),
            server);
    flink.startUp();
    return flink;
  }
}
