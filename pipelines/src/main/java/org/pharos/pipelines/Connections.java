package org.pharos.pipelines;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;
import org.pharos.transforms.cassandra.Tls;
import org.pharos.transforms.cassandra.WriteLimit;

/** The connections that a pipeline's options describe. */
public final class Connections {
  private Connections() {}

  /**
   * Reads the options; neither the network nor any file.
   *
   * @throws BadOption if one of them cannot be, or if they do not suffice
   */
  public static CassandraConnection from(CassandraOptions options) {
    return limited(connection(ConnectionFlags.of(options)), options);
  }

  /**
   * The connection to the target's cluster: that of the source unless the options name another.
   *
   * @throws BadOption as {@link #from} does, or if options for a second cluster do not say which
   */
  public static CassandraConnection target(TargetOptions options) {
    ConnectionFlags flags = ConnectionFlags.ofTarget(options);
    if (flags.nameCluster()) {
      return limited(connection(flags), options);
    }
    if (!flags.stray().isEmpty()) {
      throw new BadOption(
          flags.option(flags.stray()),
          "",
          "is of use only with --targetContactPoints or --targetSecureConnectBundle");
    }
    return from(options);
  }

  private static CassandraConnection connection(ConnectionFlags flags) {
    List<String> points = flags.contactPoints();
    CassandraConnection connection =
        points.isEmpty()
            ? CassandraConnection.to(List.of())
            : check(
                flags.option("contactPoints"),
                String.join(",", points),
                v -> CassandraConnection.to(points));
    String datacenter = flags.localDatacenter();
    if (datacenter != null) {
      connection =
          check(flags.option("localDatacenter"), datacenter, connection::withLocalDatacenter);
    }
    connection = login(connection, flags);
    String bundle = flags.secureConnectBundle();
    if (bundle != null) {
      connection =
          check(flags.option("secureConnectBundle"), bundle, connection::withSecureConnectBundle);
    }
    Tls tls = tls(flags);
    if (tls != null) {
      connection = connection.withTls(tls);
    }
    if (!flags.driverConfig().isEmpty()) {
      String file = String.valueOf(flags.driverConfigFile());
      CassandraConnection soFar = connection;
      connection =
          check(
              flags.option("driverConfigFile"),
              file,
              v -> soFar.withDriverConfig(flags.driverConfig()));
    }
    try {
      connection.requireComplete();
    } catch (IllegalArgumentException e) {
      if (bundle != null) {
        throw new BadOption(
            flags.option("secureConnectBundle"), bundle, String.valueOf(e.getMessage()));
      }
      throw new BadOption(
          flags.option(points.isEmpty() ? "contactPoints" : "localDatacenter"),
          "",
          String.valueOf(e.getMessage()));
    }
    return connection;
  }

  private static CassandraConnection limited(
      CassandraConnection connection, CassandraOptions options) {
    WriteLimit limit = writeLimit(options);
    return limit == null ? connection : connection.withWriteLimit(limit);
  }

  private static CassandraConnection login(CassandraConnection connection, ConnectionFlags flags) {
    String user = flags.username();
    Secret password = secret(flags.option("passwordFrom"), flags.passwordFrom());
    if (user == null && password == null) {
      return connection;
    }
    if (user == null) {
      throw new BadOption(
          flags.option("username"), "", "is needed with --" + flags.option("passwordFrom"));
    }
    if (password == null) {
      throw new BadOption(
          flags.option("passwordFrom"),
          "",
          "is needed with --" + flags.option("username") + ": env:NAME or file:PATH");
    }
    return connection.withCredentials(user, password);
  }

  private static @Nullable Tls tls(ConnectionFlags flags) {
    String trust = flags.trustStore();
    String key = flags.keyStore();
    if (trust == null && flags.trustStorePasswordFrom() != null) {
      throw onlyWith(flags, "trustStorePasswordFrom", "", "trustStore");
    }
    if (key == null && flags.keyStorePasswordFrom() != null) {
      throw onlyWith(flags, "keyStorePasswordFrom", "", "keyStore");
    }
    if (!flags.tls() && trust == null && key == null) {
      if (!flags.checkHostNames()) {
        throw onlyWith(flags, "checkHostNames", "false", "tls");
      }
      return null;
    }
    Tls tls =
        trust == null
            ? Tls.ofJvm()
            : Tls.trusting(
                trust,
                secret(flags.option("trustStorePasswordFrom"), flags.trustStorePasswordFrom()));
    if (key != null) {
      tls =
          tls.withClientKey(
              key, secret(flags.option("keyStorePasswordFrom"), flags.keyStorePasswordFrom()));
    }
    return flags.checkHostNames() ? tls : tls.withoutHostNameCheck();
  }

  private static BadOption onlyWith(
      ConnectionFlags flags, String option, String value, String other) {
    return new BadOption(
        flags.option(option), value, "is of use only with --" + flags.option(other));
  }

  private static @Nullable WriteLimit writeLimit(CassandraOptions options) {
    double rows = options.getMaxRowsPerSecond();
    int workers = options.getWriteWorkers();
    if (rows < 0 || !Double.isFinite(rows)) {
      throw new BadOption("maxRowsPerSecond", "" + rows, "a number above 0, or 0 for no limit");
    }
    if (workers < 1) {
      throw new BadOption("writeWorkers", "" + workers, "1 or more");
    }
    return rows == 0 ? null : new WriteLimit(rows, workers);
  }

  private static @Nullable Secret secret(String option, @Nullable String reference) {
    if (reference == null) {
      return null;
    }
    try {
      return Secret.parse(reference);
    } catch (IllegalArgumentException e) {
      // The value is left out: it may be a password given by mistake.
      throw new BadOption(option, "...", String.valueOf(e.getMessage()));
    }
  }

  private static <T> T check(String option, String value, Function<String, T> use) {
    try {
      return use.apply(value);
    } catch (IllegalArgumentException e) {
      throw new BadOption(option, value, String.valueOf(e.getMessage()));
    }
  }
}
