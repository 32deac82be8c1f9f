package org.pharos.pipelines;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;
import org.pharos.transforms.cassandra.Tls;
import org.pharos.transforms.cassandra.WriteLimit;

/** The connection that a pipeline's options describe. */
public final class Connections {
  private Connections() {}

  /**
   * Reads the options; neither the network nor any file.
   *
   * @throws BadOption if one of them cannot be, or if they do not suffice
   */
  public static CassandraConnection from(CassandraOptions options) {
    List<String> points = options.getContactPoints();
    CassandraConnection connection =
        points == null || points.isEmpty()
            ? CassandraConnection.to(List.of())
            : check("contactPoints", String.join(",", points), v -> CassandraConnection.to(points));
    String datacenter = options.getLocalDatacenter();
    if (datacenter != null) {
      connection = check("localDatacenter", datacenter, connection::withLocalDatacenter);
    }
    connection = login(connection, options);
    String bundle = options.getSecureConnectBundle();
    if (bundle != null) {
      connection = check("secureConnectBundle", bundle, connection::withSecureConnectBundle);
    }
    Tls tls = tls(options);
    if (tls != null) {
      connection = connection.withTls(tls);
    }
    if (!options.getDriverConfig().isEmpty()) {
      String file = String.valueOf(options.getDriverConfigFile());
      CassandraConnection soFar = connection;
      connection =
          check("driverConfigFile", file, v -> soFar.withDriverConfig(options.getDriverConfig()));
    }
    WriteLimit limit = writeLimit(options);
    if (limit != null) {
      connection = connection.withWriteLimit(limit);
    }
    try {
      connection.requireComplete();
    } catch (IllegalArgumentException e) {
      if (bundle != null) {
        throw new BadOption("secureConnectBundle", bundle, String.valueOf(e.getMessage()));
      }
      throw new BadOption(
          points == null || points.isEmpty() ? "contactPoints" : "localDatacenter",
          "",
          String.valueOf(e.getMessage()));
    }
    return connection;
  }

  private static CassandraConnection login(
      CassandraConnection connection, CassandraOptions options) {
    String user = options.getUsername();
    Secret password = secret("passwordFrom", options.getPasswordFrom());
    if (user == null && password == null) {
      return connection;
    }
    if (user == null) {
      throw new BadOption("username", "", "is needed with --passwordFrom");
    }
    if (password == null) {
      throw new BadOption("passwordFrom", "", "is needed with --username: env:NAME or file:PATH");
    }
    return connection.withCredentials(user, password);
  }

  private static @Nullable Tls tls(CassandraOptions options) {
    String trust = options.getTrustStore();
    String key = options.getKeyStore();
    if (trust == null && options.getTrustStorePasswordFrom() != null) {
      throw new BadOption("trustStorePasswordFrom", "", "is of use only with --trustStore");
    }
    if (key == null && options.getKeyStorePasswordFrom() != null) {
      throw new BadOption("keyStorePasswordFrom", "", "is of use only with --keyStore");
    }
    if (!options.isTls() && trust == null && key == null) {
      if (!options.isCheckHostNames()) {
        throw new BadOption("checkHostNames", "false", "is of use only with --tls");
      }
      return null;
    }
    Tls tls =
        trust == null
            ? Tls.ofJvm()
            : Tls.trusting(
                trust, secret("trustStorePasswordFrom", options.getTrustStorePasswordFrom()));
    if (key != null) {
      tls =
          tls.withClientKey(key, secret("keyStorePasswordFrom", options.getKeyStorePasswordFrom()));
    }
    return options.isCheckHostNames() ? tls : tls.withoutHostNameCheck();
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
