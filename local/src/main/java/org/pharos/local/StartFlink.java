package org.pharos.local;

import java.io.PrintStream;
import java.util.List;

/**
 * A program that starts a Flink session cluster to play with, prints how to submit to it, and runs
 * until it is interrupted.
 */
public final class StartFlink {
  static final String HELP =
      """
      Starts a Flink session cluster to play with, and ends it at Ctrl-C.

        --port=PORT         port of jobs and of the web page: 1024 to 65535 (default 8081, or a
                            free one)
        --taskManagers=N    task managers: 1 to 9 (default 1)
        --slots=N           tasks that each runs beside each other: 1 to 64 (default 2)
        --heap=MEGABYTES    heap of each task manager: 384 to 65536 (default 768)
        --version=VERSION   version of Flink, such as 1.19.0 or 1.18.1
        --directory=PATH    keep checkpoints and savepoints there (default: a temporary directory)
        --help              this text
      """;

  private static final int PREFERRED_PORT = 8081;
  private static final List<String> ALLOWED =
      List.of("--port", "--taskManagers", "--slots", "--heap", "--version", "--directory");

  private StartFlink() {}

  /**
   * Exit codes: 0 when interrupted or asked for help, 1 when Flink does not start, 2 when an
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
        given -> Flags.parse(ALLOWED, given).map(StartFlink::described),
        HELP,
        flink -> play(flink, out),
        arguments,
        out,
        err);
  }

  private static LocalFlinkBuilder described(Flags flags) {
    LocalFlinkBuilder flink =
        LocalFlink.builder()
            .taskManagers(flags.number("--taskManagers", 1, 1, 9))
            .slots(flags.number("--slots", 2, 1, 64))
            .taskManagerMegabytes(flags.number("--heap", 768, 384, 65_536));
    int port = flags.number("--port", LoopbackPorts.preferred(PREFERRED_PORT), 1024, 65_535);
    flink = port == 0 ? flink : flink.port(port);
    flink = flags.text("--version").map(flink::version).orElse(flink);
    return flags.path("--directory", "flink-data").map(flink::directory).orElse(flink);
  }

  private static void play(LocalFlinkBuilder description, PrintStream out) {
    out.println("Starting Flink...");
    try (LocalFlink flink = description.start()) {
      out.print(
          """
          Flink is up: %2$d task managers of %3$d slots. Ctrl-C ends it.

            web page      http://%1$s
            logs          %4$s
            checkpoints   %5$s

            submit a job  ./pharos run NAME --flinkMaster=%1$s ...
          """
              .formatted(
                  flink.address(),
                  flink.taskManagers(),
                  flink.slots(),
                  flink.log(),
                  flink.checkpoints()));
      out.flush();
      Terminal.awaitInterrupt();
    }
  }
}
