package org.pharos.runners.spark;

import java.util.List;
import org.pharos.local.LocalSpark;
import org.pharos.pipelines.jobs.Voice;

/** The Spark cluster of this JVM's tests, started when the first of them asks for it. */
final class SharedSpark {
  static final String JAR = String.valueOf(System.getProperty("pharos.cluster.jar"));
  static final LocalSpark SPARK = LocalSpark.start();

  private SharedSpark() {}

  /** As {@code --sparkMaster} makes it of {@link SparkLauncher#VOICE}. */
  static Voice voice() {
    Voice embedded = SparkLauncher.VOICE;
    return new Voice(
        embedded.name(),
        List.of(
            "--runner=SparkRunner", "--sparkMaster=" + SPARK.address(), "--filesToStage=" + JAR),
        embedded.note(),
        embedded.streaming(),
        embedded.cluster());
  }
}
