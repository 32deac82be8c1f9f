package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;

/** How many replicas must answer a statement. The doors use {@link #LOCAL_QUORUM} unless told. */
public enum Consistency {
  ONE(DefaultConsistencyLevel.ONE),
  TWO(DefaultConsistencyLevel.TWO),
  THREE(DefaultConsistencyLevel.THREE),
  QUORUM(DefaultConsistencyLevel.QUORUM),
  ALL(DefaultConsistencyLevel.ALL),
  LOCAL_ONE(DefaultConsistencyLevel.LOCAL_ONE),
  LOCAL_QUORUM(DefaultConsistencyLevel.LOCAL_QUORUM),
  EACH_QUORUM(DefaultConsistencyLevel.EACH_QUORUM),
  /** Of conditional writes and the reads that must see them, over all datacenters. */
  SERIAL(DefaultConsistencyLevel.SERIAL),
  /** Of conditional writes and the reads that must see them, in the local datacenter. */
  LOCAL_SERIAL(DefaultConsistencyLevel.LOCAL_SERIAL);

  private final DefaultConsistencyLevel level;

  Consistency(DefaultConsistencyLevel level) {
    this.level = level;
  }

  /** Whether this is a level of conditional writes, not of ordinary statements. */
  public boolean isSerial() {
    return level.isSerial();
  }

  DefaultConsistencyLevel toDriver() {
    return level;
  }
}
