package org.pharos.local;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes a {@link LocalKafka} before it starts. */
public final class LocalKafkaBuilder {
  private int port;
  private int partitions = 4;
  private int heapMegabytes = 512;
  private boolean shortLived;
  private @Nullable Path directory;

  LocalKafkaBuilder() {}

  /** The port that clients connect to; a free one unless set. */
  public LocalKafkaBuilder port(int number) {
    this.port = Bounds.within("port", number, 1024, 65_535);
    return this;
  }

  /** The partitions of a topic that comes into being by being used; 4 unless set. */
  public LocalKafkaBuilder partitions(int count) {
    this.partitions = Bounds.within("partitions", count, 1, 1_000);
    return this;
  }

  /** The heap of the broker; 512 unless set. */
  public LocalKafkaBuilder heapMegabytes(int megabytes) {
    this.heapMegabytes = Bounds.within("heapMegabytes", megabytes, 256, 65_536);
    return this;
  }

  /**
   * Whether to start with half the work and run slower afterwards (no optimizing compiler, a simple
   * garbage collector), as suits a test of a minute; false unless set.
   */
  public LocalKafkaBuilder shortLived(boolean wanted) {
    this.shortLived = wanted;
    return this;
  }

  /**
   * Where to keep data and logs, for longer than this process lives; a temporary directory unless
   * set.
   */
  public LocalKafkaBuilder directory(Path kept) {
    this.directory = kept.toAbsolutePath();
    return this;
  }

  /**
   * Starts the broker and waits until it answers.
   *
   * @throws MissingArtifactException when its jars cannot be had
   * @throws IllegalStateException when it does not start; the message ends with the log's last
   *     lines
   */
  public LocalKafka start() {
    String version = BuiltWith.version(LocalKafka.VERSION);
    List<Path> server =
        MavenArtifacts.classPath(
            List.of("org.apache.kafka:kafka_2.13:" + version, ConsoleLogging.ARTIFACT));
    List<String> addresses = LoopbackPorts.addresses(1);
    if (port != 0 && !LoopbackPorts.isFree(addresses, port)) {
      throw new IllegalStateException("Port " + port + " is taken on " + addresses);
    }
    int own = port != 0 ? port : LoopbackPorts.free(addresses, 0);
    Path kept = directory;
    LocalKafka kafka =
        new LocalKafka(
            new KafkaSettings(
                version,
                own,
                LoopbackPorts.free(addresses, own),
                partitions,
                heapMegabytes,
                shortLived,
                kept == null,
                kept == null ? Directories.temporary("pharos-kafka") : kept),
            server);
    kafka.startUp();
    return kafka;
  }
}
