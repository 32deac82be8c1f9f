package org.pharos.runners.spark;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

class SparkFeaturesTest extends FeaturesContract {
  SparkFeaturesTest(TestKeyspace keyspace) {
    super(SparkLauncher.VOICE, keyspace);
  }
}
