package org.pharos.runners.spark;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

/** What pipelines do with features on every runner, on a standalone cluster. */
class StandaloneFeaturesIT extends FeaturesContract {
  StandaloneFeaturesIT(TestKeyspace keyspace) {
    super(SharedSpark.voice(), keyspace);
  }
}
