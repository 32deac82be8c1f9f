package org.pharos.drills;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pharos.drills.jobs.JobLogging;
import org.pharos.local.MissingArtifactException;
import org.pharos.pipelines.BadOption;
import org.pharos.transforms.cassandra.CassandraFailure;

/**
 * The command line of the drills. Exit codes: 0 all passed, 1 one did not or could not be run, 2
 * bad arguments.
 */
public final class DrillLauncher {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  DrillLauncher(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Ends with the exit code. */
  public static void main(String[] arguments) {
    JobLogging ignored = new JobLogging();
    System.exit(
        new DrillLauncher(System.out, System.err, Boolean.getBoolean("pharos.terminal"))
            .run(List.of(arguments)));
  }

  /** Does what the arguments say and returns the exit code. */
  int run(List<String> arguments) {
    try {
      if (arguments.contains("--help") || arguments.contains("-h")) {
        out.print(DrillArguments.HELP);
        return 0;
      }
      if (arguments.contains("list")) {
        Catalog.DRILLS.forEach(
            drill ->
                out.println(String.format(Locale.ROOT, "%-20s %s", drill.name(), drill.summary())));
        return 0;
      }
      return run(DrillArguments.parse(arguments));
    } catch (BadOption e) {
      err.println("pharos: " + e.getMessage());
      return 2;
    }
  }

  private int run(DrillArguments arguments) {
    List<Finding> findings = new ArrayList<>();
    boolean whole = true;
    try (Ground ground = new Ground(arguments, out, terminal)) {
      for (Drill drill : arguments.drills()) {
        out.println(drill.name() + ": " + drill.summary());
        try {
          findings.addAll(drill.run(ground));
        } catch (IllegalStateException | CassandraFailure | MissingArtifactException e) {
          err.println("pharos: the drill " + drill.name() + " broke off: " + e.getMessage());
          whole = false;
          ground.reset();
        }
      }
    }
    out.println();
    out.print(FindingsTable.of(findings));
    arguments.json().ifPresent(file -> FindingsFile.write(findings, file));
    return whole && findings.stream().allMatch(Finding::passed) ? 0 : 1;
  }
}
