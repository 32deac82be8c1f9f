package org.pharos.runners.portable;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.FeaturesContract;

/** What pipelines do with features on every runner, on a Flink behind a job server. */
class PortableFeaturesTest extends FeaturesContract {
  PortableFeaturesTest(TestKeyspace keyspace) {
    super(JobServer.voice(), keyspace);
  }
}
