package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.io.UnboundedSource;

/**
 * Where a reader goes on after a restart: see {@link FollowProgress}.
 *
 * @param since what it follows from; a source that begins with the job knows it only here
 * @param position before which all rows have been emitted
 * @param seen the keys of those emitted since the overlap before the position, by time
 */
record FollowMark(long since, long position, List<SeenKey> seen)
    implements UnboundedSource.CheckpointMark {

  FollowMark {
    seen = List.copyOf(seen);
  }

  /** Cassandra need not know what was taken. */
  @Override
  public void finalizeCheckpoint() {}
}
