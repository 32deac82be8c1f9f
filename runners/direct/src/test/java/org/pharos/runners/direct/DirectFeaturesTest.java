package org.pharos.runners.direct;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

class DirectFeaturesTest extends FeaturesContract {
  DirectFeaturesTest(TestKeyspace keyspace) {
    super(DirectLauncher.VOICE, keyspace);
  }
}
