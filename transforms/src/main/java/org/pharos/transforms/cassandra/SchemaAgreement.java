package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Waits until all nodes that answer have the same schema, each asked for its own.
 *
 * <p>The driver's own wait asks one node for its version and for what it has heard of the others.
 * Where a change was made through another node and has not reached that one, all seem to agree on
 * the schema from before, and the first request to the new table fails on most nodes.
 */
final class SchemaAgreement {

  private static final SimpleStatement VERSION =
      SimpleStatement.newInstance("SELECT schema_version FROM system.local");
  private static final Duration PAUSE = Duration.ofMillis(100);

  private SchemaAgreement() {}

  /** Whether they agreed within the limit. */
  static boolean await(CqlSession session, Duration limit) {
    long start = System.nanoTime();
    while (!agree(session)) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CassandraFailure("interrupted while the nodes were agreeing on the schema", e);
      }
    }
    return true;
  }

  private static boolean agree(CqlSession session) {
    Set<UUID> versions = new HashSet<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      // Of those that are down nobody knows; those of other data centres the driver does not ask.
      if (node.getState() == NodeState.UP && node.getOpenConnections() > 0) {
        try {
          Row local = session.execute(VERSION.setNode(node)).one();
          if (local == null || local.getUuid(0) == null) {
            return false;
          }
          versions.add(local.getUuid(0));
        } catch (DriverException e) {
          // It went down since, or is slow: it is asked again, or left out, next time.
          return false;
        }
      }
    }
    return versions.size() <= 1;
  }
}
