package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a cluster: an immutable value that travels with the pipeline and is the key of the
 * one session that a JVM opens for it. It holds no secret, only references to some, which the
 * workers resolve; nothing is read or dialled before a worker starts.
 *
 * @param contactPoints {@code host:port} of some nodes; empty with a secure connect bundle
 * @param localDatacenter the datacenter whose nodes are asked; null only with a secure connect
 *     bundle
 * @param user name to log in with; null: no login
 * @param password where the workers find the user's password; null exactly if {@code user} is
 * @param secureConnectBundle path of a secure connect bundle on the workers; null: none
 * @param tls encryption; null: none
 * @param driverConfig further settings of the driver in its own format (HOCON); empty: none
 * @param writeLimit how many rows a second are written through it; null: no limit
 */
public record CassandraConnection(
    List<String> contactPoints,
    @Nullable String localDatacenter,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String secureConnectBundle,
    @Nullable Tls tls,
    String driverConfig,
    @Nullable WriteLimit writeLimit)
    implements Serializable {

  /** The port of a contact point that names none. */
  public static final int DEFAULT_PORT = 9042;

  /**
   * Checks and normalises each part.
   *
   * @throws IllegalArgumentException naming the part, its value and what is allowed
   */
  public CassandraConnection {
    contactPoints = contactPoints.stream().map(ContactPoint::normalise).distinct().toList();
    if (localDatacenter != null && localDatacenter.isBlank()) {
      throw new IllegalArgumentException("the local datacenter is blank; give its name");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("credentials are a user and a password, not one of them");
    }
    driverConfig = DriverText.checked(driverConfig);
  }

  /**
   * A cluster by some of its nodes.
   *
   * @param contactPoints {@code host} or {@code host:port} (an IPv6 address with a port in
   *     brackets); the port is {@value #DEFAULT_PORT} if not given
   */
  public static CassandraConnection to(String... contactPoints) {
    return to(List.of(contactPoints));
  }

  /** As {@link #to(String...)}. */
  public static CassandraConnection to(List<String> contactPoints) {
    return new CassandraConnection(contactPoints, null, null, null, null, null, "", null);
  }

  /** The datacenter whose nodes are asked. No default: it must be given, except with a bundle. */
  public CassandraConnection withLocalDatacenter(String datacenter) {
    return new CassandraConnection(
        contactPoints,
        datacenter,
        user,
        password,
        secureConnectBundle,
        tls,
        driverConfig,
        writeLimit);
  }

  /** Logs in with a name and a password that the workers resolve. Default: no login. */
  public CassandraConnection withCredentials(String user, Secret password) {
    return new CassandraConnection(
        contactPoints,
        localDatacenter,
        user,
        password,
        secureConnectBundle,
        tls,
        driverConfig,
        writeLimit);
  }

  /**
   * Connects through a secure connect bundle, which brings contact points, datacenter and
   * encryption: start with {@code CassandraConnection.to()}. Default: none.
   *
   * @param path of the bundle, the same on every worker
   */
  public CassandraConnection withSecureConnectBundle(String path) {
    return new CassandraConnection(
        contactPoints, localDatacenter, user, password, path, tls, driverConfig, writeLimit);
  }

  /** Encrypts. Default: plain text. */
  public CassandraConnection withTls(Tls tls) {
    return new CassandraConnection(
        contactPoints,
        localDatacenter,
        user,
        password,
        secureConnectBundle,
        tls,
        driverConfig,
        writeLimit);
  }

  /**
   * Settings in the driver's own format, with or without its {@code datastax-java-driver} root;
   * they win over ours. Default: none.
   *
   * @throws IllegalArgumentException if the text does not parse, includes other files, refers to
   *     what it does not define, holds a password, or sets what this value has a part for
   */
  public CassandraConnection withDriverConfig(String hocon) {
    return new CassandraConnection(
        contactPoints,
        localDatacenter,
        user,
        password,
        secureConnectBundle,
        tls,
        hocon,
        writeLimit);
  }

  /**
   * Bounds the rows that a job writes through this connection in a second, with all its writers
   * together; the time that they wait for it is in Beam's throttling metric. Default: as fast as
   * the cluster answers.
   */
  public CassandraConnection withWriteLimit(WriteLimit limit) {
    return new CassandraConnection(
        contactPoints,
        localDatacenter,
        user,
        password,
        secureConnectBundle,
        tls,
        driverConfig,
        limit);
  }

  /**
   * Checks that this is enough to connect with; the transforms call it while a pipeline is
   * assembled.
   *
   * @throws IllegalArgumentException saying what is missing
   */
  public void requireComplete() {
    if (secureConnectBundle == null) {
      if (contactPoints.isEmpty()) {
        throw new IllegalArgumentException(
            "the connection has no contact points; give host:port of some nodes, or a secure"
                + " connect bundle");
      }
      if (localDatacenter == null) {
        throw new IllegalArgumentException(
            "the connection to "
                + String.join(", ", contactPoints)
                + " has no local datacenter; give the name of the datacenter whose nodes are to be"
                + " asked (as in `SELECT data_center FROM system.local`)");
      }
    } else if (!contactPoints.isEmpty() || localDatacenter != null || tls != null) {
      throw new IllegalArgumentException(
          "the connection has a secure connect bundle, which brings contact points, datacenter and"
              + " encryption; leave those out");
    }
  }

  /** Where this leads, for messages: the contact points or the bundle, and the datacenter. */
  @Override
  public String toString() {
    return Stream.of(
            secureConnectBundle == null
                ? String.join(",", contactPoints)
                : "bundle " + secureConnectBundle,
            localDatacenter == null ? "" : "datacenter " + localDatacenter,
            user == null ? "" : "user " + user,
            tls == null ? "" : "TLS")
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }
}
