package org.pharos.local;

import java.io.PrintStream;

/**
 * A program that starts a Cassandra to play with, prints how to connect, and runs until it is
 * interrupted.
 */
public final class StartCassandra {
  private static final int PREFERRED_PORT = 9042;

  private StartCassandra() {}

  /**
   * Exit codes: 0 when interrupted or asked for help, 1 when Cassandra does not start, 2 when an
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
        StartArguments::parse,
        StartArguments.HELP,
        options -> play(options, out),
        arguments,
        out,
        err);
  }

  private static void play(StartArguments options, PrintStream out) {
    out.printf(
        "Starting Cassandra %s (%d node%s)...%n",
        options.version().text(), options.nodes(), options.nodes() == 1 ? "" : "s");
    try (LocalCassandra cassandra = start(options)) {
      out.print(HowToConnect.to(cassandra));
      out.flush();
      Terminal.awaitInterrupt();
    }
  }

  private static LocalCassandra start(StartArguments options) {
    LocalCassandraBuilder builder =
        LocalCassandra.builder()
            .nodes(options.nodes())
            .racks(options.racks())
            .version(options.version().text())
            .authentication(options.authentication());
    int port = options.port();
    if (port == 0
        && LoopbackPorts.isFree(LoopbackPorts.addresses(options.nodes()), PREFERRED_PORT)) {
      port = PREFERRED_PORT;
    }
    if (port != 0) {
      builder = builder.port(port);
    }
    if (options.heapMegabytes() != 0) {
      builder = builder.heapMegabytes(options.heapMegabytes());
    }
    if (options.directory().isPresent()) {
      builder = builder.directory(options.directory().get());
    }
    return builder.start();
  }
}
