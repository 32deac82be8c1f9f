package org.pharos.runners.flink;

import org.junit.jupiter.api.Tag;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

/** What pipelines do on every runner, on a real cluster. */
@Tag("slow")
class ClusterFeaturesIT extends FeaturesContract {
  ClusterFeaturesIT(TestKeyspace keyspace) {
    super(SharedFlink.voice(SharedFlink.JAR), keyspace);
  }
}
