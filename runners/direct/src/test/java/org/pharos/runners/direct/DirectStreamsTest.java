package org.pharos.runners.direct;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.StreamsContract;

class DirectStreamsTest extends StreamsContract {
  DirectStreamsTest(TestKeyspace keyspace) {
    super(DirectLauncher.VOICE, keyspace);
  }
}
