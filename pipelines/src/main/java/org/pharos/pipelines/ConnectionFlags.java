package org.pharos.pipelines;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options that describe one connection, whatever their names begin with.
 *
 * @param prefix what their names begin with; empty for the connection that every pipeline has
 */
public record ConnectionFlags(
    String prefix,
    List<String> contactPoints,
    @Nullable String localDatacenter,
    @Nullable String username,
    @Nullable String passwordFrom,
    @Nullable String secureConnectBundle,
    boolean tls,
    @Nullable String trustStore,
    @Nullable String trustStorePasswordFrom,
    @Nullable String keyStore,
    @Nullable String keyStorePasswordFrom,
    boolean checkHostNames,
    @Nullable String driverConfigFile,
    String driverConfig) {

  public ConnectionFlags {
    contactPoints = List.copyOf(contactPoints);
  }

  /** Those of the connection that every pipeline has. */
  public static ConnectionFlags of(CassandraOptions options) {
    return new ConnectionFlags(
        "",
        orNone(options.getContactPoints()),
        options.getLocalDatacenter(),
        options.getUsername(),
        options.getPasswordFrom(),
        options.getSecureConnectBundle(),
        options.isTls(),
        options.getTrustStore(),
        options.getTrustStorePasswordFrom(),
        options.getKeyStore(),
        options.getKeyStorePasswordFrom(),
        options.isCheckHostNames(),
        options.getDriverConfigFile(),
        options.getDriverConfig());
  }

  /** Those of the connection to a second cluster. */
  public static ConnectionFlags ofTarget(TargetOptions options) {
    return new ConnectionFlags(
        "target",
        orNone(options.getTargetContactPoints()),
        options.getTargetLocalDatacenter(),
        options.getTargetUsername(),
        options.getTargetPasswordFrom(),
        options.getTargetSecureConnectBundle(),
        options.isTargetTls(),
        options.getTargetTrustStore(),
        options.getTargetTrustStorePasswordFrom(),
        options.getTargetKeyStore(),
        options.getTargetKeyStorePasswordFrom(),
        options.isTargetCheckHostNames(),
        options.getTargetDriverConfigFile(),
        options.getTargetDriverConfig());
  }

  private static List<String> orNone(@Nullable List<String> points) {
    return points == null ? List.of() : points;
  }

  /** The full name of an option, such as {@code targetTls} for {@code tls}. */
  public String option(String name) {
    return prefix.isEmpty()
        ? name
        : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Whether they say which cluster it is. */
  boolean nameCluster() {
    return !contactPoints.isEmpty() || secureConnectBundle != null;
  }

  /** The first option that is given and says more of a cluster than which; empty if none is. */
  String stray() {
    return Stream.of(
            localDatacenter == null ? "" : "localDatacenter",
            username == null ? "" : "username",
            passwordFrom == null ? "" : "passwordFrom",
            tls ? "tls" : "",
            trustStore == null ? "" : "trustStore",
            trustStorePasswordFrom == null ? "" : "trustStorePasswordFrom",
            keyStore == null ? "" : "keyStore",
            keyStorePasswordFrom == null ? "" : "keyStorePasswordFrom",
            checkHostNames ? "" : "checkHostNames",
            driverConfigFile == null ? "" : "driverConfigFile")
        .filter(option -> !option.isEmpty())
        .findFirst()
        .orElse("");
  }
}
