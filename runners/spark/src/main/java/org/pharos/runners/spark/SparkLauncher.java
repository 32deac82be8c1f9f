package org.pharos.runners.spark;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/**
 * The command line on Spark: in this JVM unless {@code --sparkMaster=spark://host:port} leads to a
 * standalone cluster, or {@code spark-submit} runs this class.
 */
public final class SparkLauncher {
  /** The jar that a job on a cluster brings along, where the launcher script knows it. */
  private static final String CLUSTER_JAR = "pharos.cluster.jar";

  private static final String MASTER = "--sparkMaster=";
  private static final String JARS = "--filesToStage=";

  /** What {@code spark-submit} says of the cluster, where Spark looks for it. */
  private static final String SUBMITTED_TO = "spark.master";

  /** Spark on two threads of this JVM. */
  public static final Voice VOICE =
      new Voice(
          "spark",
          List.of("--runner=SparkRunner", "--sparkMaster=local[2]"),
          "",
          Streaming.refused(
              "Beam runs streams on Spark as micro-batches of the old DStream interface, which our"
                  + " streams are not tested on; take --runner=flink"),
          Cluster.NONE);

  private SparkLauncher() {}

  /** Ends with the launcher's exit code. */
  public static void main(String[] arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    String submittedTo = System.getProperty(SUBMITTED_TO);
    if (submittedTo != null) {
      addUnlessGiven(all, MASTER, submittedTo);
      addUnlessGiven(all, JARS, thisJar());
    }
    String jar = System.getProperty(CLUSTER_JAR);
    if (jar != null && all.stream().anyMatch(each -> each.startsWith(MASTER + "spark://"))) {
      addUnlessGiven(all, JARS, jar);
    }
    System.exit(Launcher.on(VOICE).run(all.toArray(new String[0])));
  }

  private static void addUnlessGiven(List<String> arguments, String option, String value) {
    if (arguments.stream().noneMatch(argument -> argument.startsWith(option))) {
      arguments.add(option + value);
    }
  }

  private static String thisJar() {
    try {
      return Path.of(
              SparkLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
