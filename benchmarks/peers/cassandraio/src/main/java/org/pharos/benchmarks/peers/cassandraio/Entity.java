package org.pharos.benchmarks.peers.cassandraio;

import java.io.Serializable;

/** A row of a shape as a class of driver 3's mapper. */
interface Entity extends Serializable {
  /** As {@link org.pharos.benchmarks.workload.Digest} says. */
  long digest();
}
