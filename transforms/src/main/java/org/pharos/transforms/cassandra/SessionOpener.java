package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a session, in a bounded time, or says what stands in the way. */
final class SessionOpener {

  private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);

  /** Of one attempt; a session that opens later is closed. */
  private static final Duration ATTEMPT = Duration.ofSeconds(20);

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), 3);

  private SessionOpener() {}

  /**
   * Opens a session. Repeats what may pass (no node answers), not what will not (a wrong password,
   * an unknown datacenter).
   *
   * @throws CassandraFailure after about a minute at most
   */
  static CqlSession open(CassandraConnection connection) {
    for (int attempt = 1; ; attempt++) {
      Throwable failure;
      try {
        return checkDatacenter(connection, attempt(connection));
      } catch (ExecutionException e) {
        failure = e.getCause() == null ? e : e.getCause();
      } catch (TimeoutException e) {
        failure = e;
      }
      if (!ConnectFailures.mayPass(failure) || !BACKOFF.allowsAfter(attempt)) {
        throw ConnectFailures.explain(connection, failure);
      }
      LOG.info("Attempt {} of {} to connect to {} failed", attempt, BACKOFF.attempts(), connection);
      pause(connection, BACKOFF.delayAfter(attempt));
    }
  }

  private static CqlSession attempt(CassandraConnection connection)
      throws ExecutionException, TimeoutException {
    CompletableFuture<CqlSession> opening = opening(connection);
    try {
      return opening.get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closeWhenOpened(opening);
      throw interrupted(connection, e);
    } catch (TimeoutException e) {
      closeWhenOpened(opening);
      throw e;
    }
  }

  private static CompletableFuture<CqlSession> opening(CassandraConnection connection) {
    CqlSessionBuilder builder = builder(connection);
    if (connection.secureConnectBundle() == null) {
      return builder.buildAsync().toCompletableFuture();
    }
    // The driver asks the bundle's service for the nodes in the calling thread, and without a limit
    // of time.
    CompletableFuture<CqlSession> opening = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              var unused =
                  builder
                      .buildAsync()
                      .whenComplete(
                          (session, failure) -> {
                            if (failure != null) {
                              opening.completeExceptionally(failure);
                            } else {
                              opening.complete(session);
                            }
                          });
            },
            "pharos-bundle");
    asking.setDaemon(true);
    asking.start();
    return opening;
  }

  private static CqlSessionBuilder builder(CassandraConnection connection) {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .withConfigLoader(DriverDefaults.loader(connection.driverConfig()))
            .withApplicationName("pharos");
    if (connection.secureConnectBundle() != null) {
      builder.withCloudSecureConnectBundle(Path.of(connection.secureConnectBundle()));
    } else {
      builder
          .addContactPoints(addresses(connection))
          .withLocalDatacenter(String.valueOf(connection.localDatacenter()));
    }
    if (connection.user() != null && connection.password() != null) {
      builder.withAuthCredentials(connection.user(), connection.password().resolve());
    }
    if (connection.tls() != null) {
      builder.withSslEngineFactory(TlsStores.engines(connection.tls()));
    }
    return builder;
  }

  private static List<InetSocketAddress> addresses(CassandraConnection connection) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String contactPoint : connection.contactPoints()) {
      addresses.addAll(ContactPoint.resolve(contactPoint));
    }
    if (addresses.isEmpty()) {
      throw new CassandraFailure(
          "none of the contact points "
              + String.join(", ", connection.contactPoints())
              + " has a host name that this worker can resolve. Check the names, and that the"
              + " workers use the right DNS");
    }
    return addresses;
  }

  /**
   * The driver opens a session with an unknown datacenter, and then finds no node for any request.
   */
  private static CqlSession checkDatacenter(CassandraConnection connection, CqlSession session) {
    if (connection.localDatacenter() == null) {
      return session;
    }
    Set<String> datacenters = new TreeSet<>();
    for (Node node : session.getMetadata().getNodes().values()) {
      if (node.getDatacenter() != null) {
        datacenters.add(node.getDatacenter());
      }
    }
    if (datacenters.contains(connection.localDatacenter())) {
      return session;
    }
    session.forceCloseAsync();
    throw new CassandraFailure(
        "there is no datacenter \""
            + connection.localDatacenter()
            + "\" in the cluster at "
            + String.join(", ", connection.contactPoints())
            + "; it has "
            + String.join(", ", datacenters)
            + ". Give one of these as the local datacenter (names are case-sensitive)");
  }

  private static void pause(CassandraConnection connection, Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(connection, e);
    }
  }

  private static CassandraFailure interrupted(
      CassandraConnection connection, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CassandraFailure("interrupted while connecting to " + connection, cause);
  }

  private static void closeWhenOpened(CompletableFuture<CqlSession> opening) {
    CompletableFuture<Void> unused = opening.thenAccept(CqlSession::forceCloseAsync);
  }
}
