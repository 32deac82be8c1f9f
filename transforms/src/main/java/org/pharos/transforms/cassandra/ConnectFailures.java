package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
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
    return (failure instanceof AllNodesFailedException || failure instanceof TimeoutException)
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
    Optional<SSLException> tls = find(failure, SSLException.class);
    if (tls.isPresent()) {
      return "the encrypted connection was not agreed on ("
          + tls.get().getMessage()
          + "). Check the trust store, the client's key if the cluster wants one, and the host"
          + " names in the nodes' certificates";
    }
    if (find(failure, UnsupportedProtocolVersionException.class).isPresent()) {
      return "the nodes speak none of the driver's protocol versions. Cassandra 3.0 or newer is"
          + " needed, and no advanced.protocol.version that they lack";
    }
    if (find(failure, ClosedConnectionException.class).isPresent()) {
      return "the nodes closed the connection ("
          + deepest(failure)
          + "). Check that the port is the one for CQL, and whether the nodes want TLS"
          + (connection.tls() == null ? ", which this connection does not use" : "");
    }
    if (failure instanceof AllNodesFailedException || failure instanceof TimeoutException) {
      return "no node answered ("
          + deepest(failure)
          + "). Check the contact points, their port, that the nodes are up and that this machine"
          + " can reach them";
    }
    return deepest(failure);
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
