package org.pharos.runners.flink;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.StreamsContract;

class FlinkStreamsTest extends StreamsContract {
  FlinkStreamsTest(TestKeyspace keyspace) {
    super(FlinkLauncher.VOICE, keyspace);
  }
}
