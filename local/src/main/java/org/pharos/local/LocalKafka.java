package org.pharos.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A Kafka of one broker, which is its own controller, as a child process on 127.0.0.1. It lives
 * until {@link #close}, and never longer than this process, however that ends. Topics come into
 * being as they are first used.
 *
 * <p>Not safe for use by several threads.
 */
public final class LocalKafka implements AutoCloseable {
  static final String VERSION = "kafka";

  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final KafkaSettings settings;
  private final List<Path> server;
  private final ChildProcess process;
  private final Ending ending;

  LocalKafka(KafkaSettings settings, List<Path> server) {
    this.settings = settings;
    this.server = server;
    this.process =
        new ChildProcess(
            "Kafka " + settings.version() + " on " + settings.address() + ":" + settings.port(),
            Directories.create(settings.directory()),
            settings.log(),
            settings.log());
    this.ending = new Ending(this::end);
  }

  /**
   * A broker with the defaults of {@link #builder}.
   *
   * @throws MissingArtifactException when its jars cannot be had
   * @throws IllegalStateException when it does not start; the message ends with the log's last
   *     lines
   */
  public static LocalKafka start() {
    return builder().start();
  }

  /** A description of the broker to start. */
  public static LocalKafkaBuilder builder() {
    return new LocalKafkaBuilder();
  }

  void startUp() {
    try {
      if (!Files.exists(settings.formatted())) {
        format();
      }
      restart();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void format() {
    ChildProcess formatting =
        new ChildProcess(
            "Kafka's formatting of " + settings.data(),
            settings.directory(),
            settings.log(),
            settings.log());
    KafkaFiles.write(settings);
    formatting.start(KafkaFiles.format(settings, server));
    formatting.awaitEnd(Instant.now().plus(START_LIMIT));
  }

  /** Where clients connect first: {@code host:port}. */
  public String bootstrapServers() {
    return settings.address() + ":" + settings.port();
  }

  /** Where the broker keeps its data and logs. */
  public Path directory() {
    return settings.directory();
  }

  /** The log of the broker. */
  public Path log() {
    return settings.log();
  }

  /** The process of the running broker. */
  public long pid() {
    return process.pid();
  }

  /** Stops the broker as an operator would. */
  public void stop() {
    process.stop();
  }

  /** Ends the broker as {@code kill -9} does. */
  public void kill() {
    process.kill();
  }

  /** Starts a stopped or killed broker again, and waits until it answers. */
  public void restart() {
    process.requireNotRunning();
    KafkaFiles.write(settings);
    process.start(KafkaFiles.command(settings, server));
    process.awaitPort(
        settings.address(),
        settings.port(),
        Instant.now().plus(START_LIMIT),
        "does not accept connections");
  }

  /** Makes the broker stand still: its connections stay open, and no request is answered. */
  public void pause() {
    process.pause();
  }

  /** Lets a paused broker go on. */
  public void resume() {
    process.resume();
  }

  /** Ends the broker and deletes its directory, unless it was given. Idempotent. */
  @Override
  public void close() {
    ending.now();
  }

  private void end() {
    if (settings.temporary()) {
      process.kill();
      Directories.delete(settings.directory());
    } else {
      process.stop();
    }
  }

  @Override
  public String toString() {
    return "LocalKafka[" + bootstrapServers() + "]";
  }
}
