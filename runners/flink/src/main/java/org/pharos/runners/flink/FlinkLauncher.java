package org.pharos.runners.flink;

import java.util.List;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/**
 * The command line on Flink: embedded in this JVM unless {@code --flinkMaster} leads to a cluster.
 */
public final class FlinkLauncher {
  /**
   * Flink with a bounded number of restarts: with checkpoints it would by default restart a
   * hopeless job for ever. Elements are not copied between steps of one task: our transforms change
   * none.
   */
  public static final Voice VOICE =
      new Voice(
          "flink",
          List.of(
              "--runner=FlinkRunner",
              "--flinkMaster=[auto]",
              "--parallelism=2",
              "--objectReuse=true",
              "--fasterCopy=true",
              "--numberOfExecutionRetries=2",
              "--executionRetryDelay=5000"),
          "restarts at most 2 times, 5 s apart (--numberOfExecutionRetries,"
              + " --executionRetryDelay)");

  private FlinkLauncher() {}

  /** Ends with the launcher's exit code. */
  public static void main(String[] arguments) {
    EmbeddedEnvironments.install();
    System.exit(Launcher.on(VOICE).run(arguments));
  }
}
