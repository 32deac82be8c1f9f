package org.pharos.runners.spark;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

class SparkPipelinesTest extends PipelinesContract {
  SparkPipelinesTest(TestKeyspace keyspace) {
    super(SparkLauncher.VOICE, keyspace);
  }
}
