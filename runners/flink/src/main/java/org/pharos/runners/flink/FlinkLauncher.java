package org.pharos.runners.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/**
 * The command line on Flink: embedded in this JVM unless {@code --flinkMaster=host:port} leads to a
 * cluster, or Flink's own client runs this class.
 */
public final class FlinkLauncher {
  /** The jar that a job on a cluster brings along, where the launcher script knows it. */
  private static final String CLUSTER_JAR = "pharos.cluster.jar";

  private static final String MASTER = "--flinkMaster=";

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
              + " --executionRetryDelay)",
          Streaming.with(
              List.of(
                  "--checkpointingInterval=10000",
                  "--numberOfExecutionRetries=20",
                  "--executionRetryDelay=10000"),
              "a checkpoint every 10 s (--checkpointingInterval); restarts at most 20 times, 10 s"
                  + " apart (--numberOfExecutionRetries, --executionRetryDelay)"),
          new FlinkCluster());

  private FlinkLauncher() {}

  /**
   * Ends with the launcher's exit code; inside Flink's client, which goes on, with an exception
   * instead.
   */
  @SuppressWarnings("deprecation") // of the DataSet API, which Beam's batch jobs are of
  public static void main(String[] arguments) {
    boolean insideClient = !ExecutionEnvironment.areExplicitEnvironmentsAllowed();
    List<String> all = new ArrayList<>(List.of(arguments));
    if (all.stream().anyMatch(FlinkLauncher::namesCluster)) {
      addJar(all);
    } else if (!insideClient && all.stream().noneMatch(FlinkLauncher::namesMaster)) {
      EmbeddedEnvironments.install();
    }
    int code = Launcher.on(VOICE).run(all.toArray(new String[0]));
    if (!insideClient) {
      System.exit(code);
    }
    if (code != Launcher.DONE) {
      throw new IllegalStateException("ended with exit code " + code + "; see the output");
    }
  }

  /** Unless jars are named or the script knows one, all jars of this JVM are sent. */
  private static void addJar(List<String> arguments) {
    String jar = System.getProperty(CLUSTER_JAR);
    if (jar != null
        && arguments.stream().noneMatch(argument -> argument.startsWith("--filesToStage="))) {
      arguments.add("--filesToStage=" + jar);
    }
  }

  /** Flink lets nobody choose a master, be it its own local one, where one is installed. */
  private static boolean namesMaster(String argument) {
    return argument.startsWith(MASTER);
  }

  private static boolean namesCluster(String argument) {
    return namesMaster(argument) && FlinkCluster.isAddress(argument.substring(MASTER.length()));
  }
}
