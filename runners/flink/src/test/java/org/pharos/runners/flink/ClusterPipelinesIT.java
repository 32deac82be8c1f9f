package org.pharos.runners.flink;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.jobs.Voice;
import org.pharos.pipelines.launcher.PipelinesContract;

/** What pipelines do on every runner, on a real cluster. */
@Tag("slow")
class ClusterPipelinesIT extends PipelinesContract {
  ClusterPipelinesIT(TestKeyspace keyspace) {
    super(voice(), keyspace);
  }

  private static Voice voice() {
    return new Voice(
        "flink",
        List.of(
            "--runner=FlinkRunner",
            "--flinkMaster=" + SharedFlink.CLUSTER.address(),
            "--filesToStage=" + SharedFlink.JAR,
            "--parallelism=2",
            "--objectReuse=true",
            "--fasterCopy=true"),
        "",
        FlinkLauncher.VOICE.streaming(),
        new FlinkCluster());
  }
}
