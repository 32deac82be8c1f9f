package org.pharos.local;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.List;
import java.util.Optional;

/** A Cassandra that answers, whoever started it. */
public interface CassandraCluster {

  /** Where to connect, each as {@code host:port}; at least one. */
  List<String> contactPoints();

  /** The name of the datacenter to connect to. */
  String datacenter();

  /** The user to log in as; empty when anybody may connect. */
  Optional<Login> login();

  /** Where clients find what TLS needs; empty when the cluster speaks plain text only. */
  default Optional<Certificates> certificates() {
    return Optional.empty();
  }

  /**
   * A session for a test's own statements, the same at each call; it closes with the cluster, so
   * callers leave it open. It waits longer for an answer than the driver would, since a machine
   * that builds is busy.
   */
  CqlSession session();

  /** The version that the server says it is, as in {@code 5.0.9}. */
  default String version() {
    return session().execute("SELECT release_version FROM system.local").one().getString(0);
  }

  /** A user and their password; {@code toString} does not show it. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }
}
