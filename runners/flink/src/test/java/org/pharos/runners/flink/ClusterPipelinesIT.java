package org.pharos.runners.flink;

import org.junit.jupiter.api.Tag;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

/** What pipelines do on every runner, on a real cluster. */
@Tag("slow")
class ClusterPipelinesIT extends PipelinesContract {
  ClusterPipelinesIT(TestKeyspace keyspace) {
    super(SharedFlink.voice(SharedFlink.JAR), keyspace);
  }
}
