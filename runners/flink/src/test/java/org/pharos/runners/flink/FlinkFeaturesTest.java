package org.pharos.runners.flink;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

class FlinkFeaturesTest extends FeaturesContract {
  FlinkFeaturesTest(TestKeyspace keyspace) {
    super(FlinkLauncher.VOICE, keyspace);
  }
}
