package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.util.List;

/** A way to bring SSTables to all nodes that hold their tokens. */
interface Delivery extends AutoCloseable {

  /** Tokens of one group get SSTables of their own. */
  record Group(long lastToken, int group) {}

  /** The groups that this way needs, by token, to the end of the ring. */
  List<Group> groups(ReplicaRing ring);

  /**
   * Brings them there, and returns when each node has them and answers with them.
   *
   * @param child the process that wrote them
   * @throws CassandraFailure if one of the nodes did not get them
   */
  void deliver(BulkChild child, List<BulkChild.Written> written, ReplicaRing ring)
      throws IOException;

  @Override
  void close();
}
