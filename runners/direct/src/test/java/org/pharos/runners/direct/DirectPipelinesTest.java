package org.pharos.runners.direct;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

class DirectPipelinesTest extends PipelinesContract {
  DirectPipelinesTest(TestKeyspace keyspace) {
    super(DirectLauncher.VOICE, keyspace);
  }
}
