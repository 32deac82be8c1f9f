package org.pharos.drills;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pharos.pipelines.BadOption;

/**
 * What is asked for on the command line.
 *
 * @param drills which to run, in the catalog's order for {@code all}
 * @param runner {@code flink} or {@code direct}
 * @param rows how many rows their tables have
 * @param json where to write the findings for programs, if anywhere
 * @param logs where the jobs' logs go
 */
record DrillArguments(
    List<Drill> drills, String runner, long rows, Optional<Path> json, Path logs) {

  private static final long FEWEST = 1_000;
  private static final long MOST = 100_000_000;

  static final String HELP =
      """
      usage: ./pharos drill NAME...|all [--option=value ...]
             ./pharos drill list

      Lets things go wrong while jobs write, read and look up, on clusters that it starts itself,
      and checks what became of every row. Exit codes: 0 all passed, 1 one did not, 2 bad arguments.

        --rows=N            rows of each drill's tables: 1000 to 100000000 (default 1000000; the
                            drill of uneven partitions has twice as many, that of overload a
                            fifth, that of refused connections a tenth)
        --runner=RUNNER     flink or direct (default flink)
        --json=FILE         writes the findings there as well, as a list of objects
        --logs=FOLDER       where the jobs' logs go (default target/drills)
        --help              this text
      """;

  /**
   * The arguments after {@code drill}, without {@code list} and {@code --help}.
   *
   * @throws BadOption naming option, value and what is allowed
   */
  static DrillArguments parse(List<String> arguments) {
    List<Drill> drills = new ArrayList<>();
    String runner = "flink";
    long rows = 1_000_000;
    Optional<Path> json = Optional.empty();
    Path logs = Path.of("target", "drills");
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = equals < 0 ? "" : argument.substring(equals + 1);
      switch (name) {
        case "--rows" -> rows = number("rows", value);
        case "--runner" -> runner = runner(value);
        case "--json" -> json = Optional.of(file(value));
        case "--logs" -> logs = path("logs", value);
        case "all" -> drills.addAll(Catalog.DRILLS);
        default -> {
          if (name.startsWith("-")) {
            throw new BadOption(
                argument
                    + ": there is no such option; --rows, --runner, --json, --logs and --help"
                    + " are allowed");
          }
          drills.add(Catalog.named(argument));
        }
      }
    }
    if (drills.isEmpty()) {
      throw new BadOption("drill takes the name of a drill, or all; `drill list` lists them");
    }
    return new DrillArguments(drills.stream().distinct().toList(), runner, rows, json, logs);
  }

  private static long number(String name, String value) {
    try {
      long number = Long.parseLong(value);
      if (number >= FEWEST && number <= MOST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number beyond the limits.
    }
    throw new BadOption(
        name, value, "a whole number from " + FEWEST + " to " + MOST + " is allowed");
  }

  private static String runner(String value) {
    if (!value.equals("flink") && !value.equals("direct")) {
      throw new BadOption("runner", value, "flink or direct is allowed");
    }
    return value;
  }

  private static Path path(String name, String value) {
    if (value.isBlank()) {
      throw new BadOption(name, value, "needs a path, as in --" + name + "=drills");
    }
    return Path.of(value);
  }

  /** A file that cannot be written is told now, not after an hour of drills. */
  private static Path file(String value) {
    Path file = path("json", value).toAbsolutePath();
    Path folder = file.getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new BadOption("json", value, "a file in a folder that there is, is allowed");
    }
    return file;
  }
}
