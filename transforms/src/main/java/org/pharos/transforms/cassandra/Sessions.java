package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of this class loader: one for each distinct connection, whatever the number of
 * transforms, instances and bundles. A session stays open for a grace period after its last lease,
 * since a runner tears an instance down before it sets the next one up (but see {@link #grace}).
 * One that is closed or has no node left is replaced at the next request; a connect that failed is
 * not remembered.
 */
final class Sessions {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final Object LOCK = new Object();

  @GuardedBy("LOCK")
  private static final Map<CassandraConnection, SharedSession> CURRENT = new HashMap<>();

  /** Every session that was not closed yet, the evicted ones included. */
  @GuardedBy("LOCK")
  private static final Set<SharedSession> ALL = new HashSet<>();

  /**
   * Where a cluster gives each job a class loader of its own, it closes that loader right after the
   * last teardown, and a session that is to be closed later finds its classes gone: its threads
   * would stay, and the job's classes with them. So there a session goes with its last lease, at
   * the price of another one for the next stage of a batch job.
   */
  @GuardedBy("LOCK")
  private static Duration grace =
      Sessions.class.getClassLoader() == ClassLoader.getSystemClassLoader()
          ? Duration.ofSeconds(10)
          : Duration.ZERO;

  /** How long a teardown waits for a session to close; what takes longer goes on without it. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Sessions() {}

  /**
   * The session for a connection, opened if there is none. Callers that come while it is being
   * opened wait for that attempt and share its outcome.
   *
   * @throws CassandraFailure if it cannot be opened within a bounded time, saying what to do
   */
  static Lease acquire(CassandraConnection connection) {
    connection.requireComplete();
    SharedSession shared;
    boolean first = false;
    synchronized (LOCK) {
      SharedSession current = CURRENT.get(connection);
      if (current != null && !current.isUsable()) {
        evict(current);
        current = null;
      }
      if (current == null) {
        first = true;
        current = new SharedSession(connection);
        CURRENT.put(connection, current);
        ALL.add(current);
      }
      shared = current;
      shared.leases++;
      if (shared.closing != null) {
        shared.closing.cancel(false);
        shared.closing = null;
      }
    }
    if (first) {
      open(shared);
    }
    try {
      return new Lease(shared, shared.opened.join());
    } catch (CompletionException e) {
      release(shared);
      if (e.getCause() instanceof CassandraFailure failure) {
        // A copy for each caller: one exception thrown by several threads would mix their traces.
        throw new CassandraFailure(String.valueOf(failure.getMessage()), failure);
      }
      throw e;
    }
  }

  /** How many sessions are open or being opened now. */
  static int open() {
    synchronized (LOCK) {
      return ALL.size();
    }
  }

  /** How long a session stays open after its last lease; returns what it was before. */
  static Duration keepFor(Duration time) {
    synchronized (LOCK) {
      Duration before = grace;
      grace = time;
      return before;
    }
  }

  private static void evict(SharedSession shared) {
    synchronized (LOCK) {
      shared.evicted = true;
      CURRENT.remove(shared.connection, shared);
      if (shared.leases == 0) {
        closeAfter(shared, Duration.ZERO);
      }
    }
  }

  static void release(SharedSession shared) {
    boolean waits;
    synchronized (LOCK) {
      shared.leases--;
      waits = shared.leases == 0 && grace.isZero();
      if (shared.leases == 0) {
        closeAfter(shared, shared.evicted ? Duration.ZERO : grace);
      }
    }
    if (waits) {
      awaitClosed(shared);
    }
  }

  private static void awaitClosed(SharedSession shared) {
    try {
      shared.closed.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("A session is not closed, or not yet", e);
    }
  }

  private static void open(SharedSession shared) {
    try {
      shared.opened.complete(SessionOpener.open(shared.connection));
    } catch (RuntimeException | Error e) {
      synchronized (LOCK) {
        evict(shared);
      }
      shared.opened.completeExceptionally(e);
    }
  }

  @GuardedBy("LOCK")
  private static void closeAfter(SharedSession shared, Duration time) {
    if (shared.closing != null) {
      shared.closing.cancel(false);
      shared.closing = null;
    }
    if (time.isZero()) {
      closeIfUnused(shared);
      return;
    }
    shared.closing =
        TIMER.schedule(() -> closeIfUnused(shared), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void closeIfUnused(SharedSession shared) {
    synchronized (LOCK) {
      if (shared.leases > 0 || !ALL.remove(shared)) {
        return;
      }
      CURRENT.remove(shared.connection, shared);
    }
    CompletableFuture<CqlSession> unused =
        shared.opened.whenComplete((session, failure) -> close(shared, session));
  }

  private static void close(SharedSession shared, @Nullable CqlSession session) {
    if (session == null) {
      shared.closed.completeExceptionally(new IllegalStateException("it was never open"));
      return;
    }
    try {
      session
          .closeAsync()
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  shared.closed.complete(session);
                } else {
                  shared.closed.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException | LinkageError e) {
      // A cluster may have dropped the job's class loader by now; its threads are daemons.
      shared.closed.completeExceptionally(e);
    }
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "pharos-sessions");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }
}
