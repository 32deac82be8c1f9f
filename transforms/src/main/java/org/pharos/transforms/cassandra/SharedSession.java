package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A session that is open or being opened, and who uses it. Guarded by {@link Sessions}. */
final class SharedSession {

  final CassandraConnection connection;
  final CompletableFuture<CqlSession> opened = new CompletableFuture<>();

  /** Completed when nothing of the session is left; fails when something may be. */
  final CompletableFuture<CqlSession> closed = new CompletableFuture<>();

  int leases;
  boolean evicted;
  @Nullable Future<?> closing;

  SharedSession(CassandraConnection connection) {
    this.connection = connection;
  }

  boolean isOpen() {
    return opened.isDone() && !opened.isCompletedExceptionally() && !opened.join().isClosed();
  }

  /**
   * Whether it can serve a newcomer. Without a node that is up, a new session may find others: the
   * contact points' names may lead elsewhere by now.
   */
  boolean isUsable() {
    if (!opened.isDone()) {
      return true;
    }
    return isOpen()
        && opened.join().getMetadata().getNodes().values().stream()
            .anyMatch(node -> node.getState() != NodeState.DOWN);
  }
}
