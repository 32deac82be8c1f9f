package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a session could not be opened, and what to do about it. */
final class ConnectFailures {

  private ConnectFailures() {}

  /** Whether another attempt may succeed without anybody changing anything. */
  static boolean mayPass(Throwable failure) {
    return (failure instanceof AllNodesFailedException
            || failure instanceof TimeoutException
            || isNetwork(failure))
        && find(failure, AuthenticationException.class).isEmpty()
        && find(failure, SSLException.class).isEmpty()
        && find(failure, UnsupportedProtocolVersionException.class).isEmpty();
  }

  /** The failure to throw: it names the connection, never a secret. */
  static CassandraFailure explain(CassandraConnection connection, Throwable failure) {
    return new CassandraFailure(
        "could not connect to " + connection + ": " + reason(connection, failure), failure);
  }

  private static String reason(CassandraConnection connection, Throwable failure) {
    Optional<AuthenticationException> authentication = find(failure, AuthenticationException.class);
    if (authentication.isPresent()) {
      return connection.user() == null
          ? "the cluster asks for a login and the connection has none. Give a user and a password"
              + " (env:NAME or file:PATH)"
          : "the cluster refused user "
              + connection.user()
              + " with the password of "
              + connection.password()
              + ". Check both, and that the role may log in";
    }
    if (find(failure, SSLException.class).isPresent()) {
      return "the encrypted connection was not agreed on ("
          + deepest(failure)
          + "). "
          + tlsAdvice(connection);
    }
    if (find(failure, UnsupportedProtocolVersionException.class).isPresent()) {
      return "the nodes speak none of the driver's protocol versions. Cassandra 3.0 or newer is"
          + " needed, and no advanced.protocol.version that they lack";
    }
    if (connection.secureConnectBundle() != null) {
      return bundleReason(failure);
    }
    if (find(failure, ClosedConnectionException.class).isPresent()) {
      return "the nodes closed the connection ("
          + deepest(failure)
          + "). Check that the port is the one for CQL, and "
          + (connection.tls() == null
              ? "whether the nodes want TLS, which this connection does not use"
              : "that the nodes speak TLS and take the client's key, or its absence");
    }
    if (failure instanceof AllNodesFailedException || failure instanceof TimeoutException) {
      return "no node answered ("
          + deepest(failure)
          + "). Check the contact points, their port, that the nodes are up and that this machine"
          + " can reach them";
    }
    return deepest(failure);
  }

  private static String tlsAdvice(CassandraConnection connection) {
    if (connection.secureConnectBundle() != null) {
      return "Check that the bundle is a current one of this cluster";
    }
    Tls tls = connection.tls();
    return "Check the trust store ("
        + (tls == null || tls.trustStore() == null ? "that of the JVM" : tls.trustStore())
        + "), the client's key if the cluster wants one ("
        + (tls == null || tls.keyStore() == null ? "none is given" : tls.keyStore())
        + "), that no certificate is expired, and the host names in the nodes' certificates";
  }

  private static String bundleReason(Throwable failure) {
    if (isNetwork(failure)
        || failure instanceof AllNodesFailedException
        || failure instanceof TimeoutException) {
      return "the service or the nodes that the bundle leads to did not answer ("
          + deepest(failure)
          + "). Check that the database runs, that this machine can reach it, and that the bundle"
          + " is a current one";
    }
    return "the bundle cannot be used ("
        + deepest(failure)
        + "). It must be a secure connect bundle, as downloaded, at this path on every machine that"
        + " runs the pipeline";
  }

  /** Of a bundle's service, which the driver asks before it knows a node. */
  private static boolean isNetwork(Throwable failure) {
    return find(failure, SocketException.class).isPresent()
        || find(failure, SocketTimeoutException.class).isPresent()
        || find(failure, UnknownHostException.class).isPresent()
        // So the JDK's client says that the service hung up: its subclasses tell of files and
        // texts.
        || all(failure).stream().anyMatch(each -> each.getClass() == IOException.class);
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return all(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private static String deepest(Throwable failure) {
    List<Throwable> all = all(failure);
    Throwable last = all.get(all.size() - 1);
    String name = last.getClass().getSimpleName();
    return last.getMessage() == null ? name : name + ": " + last.getMessage();
  }

  /** The failure, what each node said, and their causes. */
  private static List<Throwable> all(Throwable failure) {
    List<Throwable> found = new ArrayList<>();
    collect(failure, found);
    return found;
  }

  private static void collect(@Nullable Throwable failure, List<Throwable> found) {
    if (failure == null || found.contains(failure)) {
      return;
    }
    found.add(failure);
    if (failure instanceof AllNodesFailedException nodes) {
      nodes.getAllErrors().values().forEach(errors -> errors.forEach(e -> collect(e, found)));
    } else {
      collect(failure.getCause(), found);
    }
  }
}
