package org.pharos.runners.flink;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

class FlinkPipelinesTest extends PipelinesContract {
  FlinkPipelinesTest(TestKeyspace keyspace) {
    super(FlinkLauncher.VOICE, keyspace);
  }
}
