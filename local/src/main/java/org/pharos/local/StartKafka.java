package org.pharos.local;

import java.io.PrintStream;
import java.util.List;

/**
 * A program that starts a Kafka to play with, prints how to connect, and runs until it is
 * interrupted.
 */
public final class StartKafka {
  static final String HELP =
      """
      Starts a Kafka of one broker to play with, and ends it at Ctrl-C.

        --port=PORT         port of the broker: 1024 to 65535 (default 9092, or a free one)
        --partitions=N      partitions of a topic that comes into being by being used: 1 to 1000
                            (default 4)
        --heap=MEGABYTES    heap of the broker: 256 to 65536 (default 512)
        --directory=PATH    keep the data there (default: a temporary directory)
        --help              this text
      """;

  private static final int PREFERRED_PORT = 9092;
  private static final List<String> ALLOWED =
      List.of("--port", "--partitions", "--heap", "--directory");

  private StartKafka() {}

  /**
   * Exit codes: 0 when interrupted or asked for help, 1 when Kafka does not start, 2 when an
   * argument is wrong.
   */
  public static void main(String[] arguments) {
    int code = run(arguments, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    return Terminal.run(
        given -> Flags.parse(ALLOWED, given).map(StartKafka::described),
        HELP,
        kafka -> play(kafka, out),
        arguments,
        out,
        err);
  }

  private static LocalKafkaBuilder described(Flags flags) {
    LocalKafkaBuilder kafka =
        LocalKafka.builder()
            .partitions(flags.number("--partitions", 4, 1, 1_000))
            .heapMegabytes(flags.number("--heap", 512, 256, 65_536));
    int port = flags.number("--port", LoopbackPorts.preferred(PREFERRED_PORT), 1024, 65_535);
    kafka = port == 0 ? kafka : kafka.port(port);
    return flags.path("--directory", "kafka-data").map(kafka::directory).orElse(kafka);
  }

  private static void play(LocalKafkaBuilder description, PrintStream out) {
    out.printf("Starting Kafka %s...%n", BuiltWith.version(LocalKafka.VERSION));
    try (LocalKafka kafka = description.start()) {
      out.print(
          """
          Kafka is up. Ctrl-C ends it.

            bootstrap servers  %1$s
            log                %2$s

            in a pipeline      --bootstrapServers=%1$s
            a message by hand  kcat -P -b %1$s -t my-topic
          """
              .formatted(kafka.bootstrapServers(), kafka.log()));
      out.flush();
      Terminal.awaitInterrupt();
    }
  }
}
