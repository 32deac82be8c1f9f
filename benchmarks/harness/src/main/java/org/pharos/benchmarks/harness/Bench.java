package org.pharos.benchmarks.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pharos.benchmarks.workload.Serving;

/**
 * The program: compares what its arguments say. {@code pharos.root} is where the project is, whose
 * peers were built.
 */
public final class Bench {
  /** Less than this is noise, and not kept. */
  private static final int KEPT_ROUNDS = 5;

  private static final long KEPT_ROWS = 1_000_000;

  private Bench() {}

  /** Exit codes: 0 done, 1 a run failed or lost rows, 2 bad arguments. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Optional<BenchOptions> parsed;
    try {
      parsed = BenchOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.println("--help lists the options.");
      return 2;
    }
    if (parsed.isEmpty()) {
      out.print(BenchOptions.HELP);
      return 0;
    }
    BenchOptions options = parsed.get();
    Path root = Path.of(System.getProperty("pharos.root", ""));
    Path directory =
        Files.createDirectories(root.resolve("benchmarks/target/runs").toAbsolutePath());
    List<PeerResult> results;
    try (Server server = Server.start(options.shape())) {
      results = new Comparison(options, server, new PeerProcess(root, directory), out).run();
    } catch (IllegalStateException e) {
      err.println(e.getMessage());
      return 1;
    }
    String section =
        "%s, %s\n\n%s"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Machine.text(),
                MarkdownTable.of(options.job().unit(), results));
    out.printf("%n%s%n%n%s", title(options), section);
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), JsonList.of(options, results));
    }
    if (options.rounds() >= KEPT_ROUNDS && options.rows() >= KEPT_ROWS) {
      new ResultsFile(root.resolve("benchmarks/RESULTS.md")).put(title(options), section);
    }
    return results.stream().anyMatch(result -> result.problem().isPresent()) ? 1 : 0;
  }

  private static String title(BenchOptions options) {
    if (options.job().serves()) {
      return String.format(
          Locale.ROOT,
          "%s, %,d requests of 8 clients, %d views of %,d entities",
          options.job(),
          options.keys(),
          Serving.VIEWS,
          Serving.ENTITIES);
    }
    return String.format(
        Locale.ROOT,
        "%s, %,d %s rows, %s, %s",
        options.job(),
        options.rows(),
        options.shape(),
        options.order(),
        options.runner());
  }
}
