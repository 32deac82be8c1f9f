package org.pharos.runners.portable;

import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.PipelinesContract;

/** What pipelines do on every runner, on a Flink behind a job server. */
class PortablePipelinesTest extends PipelinesContract {
  PortablePipelinesTest(TestKeyspace keyspace) {
    super(JobServer.voice(), keyspace);
  }
}
