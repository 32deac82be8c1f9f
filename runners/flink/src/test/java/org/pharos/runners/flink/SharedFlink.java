package org.pharos.runners.flink;

import java.nio.file.Path;
import java.util.List;
import org.pharos.local.LocalFlink;
import org.pharos.pipelines.jobs.Voice;

/** One Flink cluster for all tests of a JVM, which ends with it and leaves its logs. */
final class SharedFlink {
  static final LocalFlink CLUSTER =
      LocalFlink.builder()
          .slots(2)
          .shortLived(true)
          .directory(Path.of("target", "flink-cluster"))
          .start();

  /** The jar that jobs bring along. */
  static final String JAR = String.valueOf(System.getProperty("pharos.cluster.jar"));

  private SharedFlink() {}

  /** A launcher that submits to it, with a jar. */
  static Voice voice(String jar) {
    return new Voice(
        "flink",
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=" + CLUSTER.address(),
            "--filesToStage=" + jar,
            "--parallelism=2",
            "--objectReuse=true",
            "--fasterCopy=true"),
        "",
        FlinkLauncher.VOICE.streaming(),
        new FlinkCluster());
  }
}
