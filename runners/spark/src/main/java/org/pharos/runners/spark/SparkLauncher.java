package org.pharos.runners.spark;

import java.util.List;
import org.pharos.pipelines.jobs.Cluster;
import org.pharos.pipelines.jobs.Streaming;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.Launcher;

/** The command line on Spark: in this JVM unless {@code --sparkMaster} leads elsewhere. */
public final class SparkLauncher {
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
    System.exit(Launcher.on(VOICE).run(arguments));
  }
}
