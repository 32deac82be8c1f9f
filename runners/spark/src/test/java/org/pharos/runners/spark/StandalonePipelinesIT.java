package org.pharos.runners.spark;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

/** What pipelines do on every runner, on a standalone cluster. */
class StandalonePipelinesIT extends PipelinesContract {
  StandalonePipelinesIT(TestKeyspace keyspace) {
    super(SharedSpark.voice(), keyspace);
  }
}
