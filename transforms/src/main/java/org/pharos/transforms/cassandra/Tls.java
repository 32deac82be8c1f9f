package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted connection. Stores are files on the workers (PKCS12 or JKS), their passwords are
 * given by reference.
 *
 * @param trustStore path of the certificates to trust; null: those that the JVM trusts
 * @param trustStorePassword of the trust store; null: none
 * @param keyStore path of the client's own certificate and key; null: the client has none
 * @param keyStorePassword of the key store; null: none
 * @param checksHostNames whether a server's certificate must name the host that was dialled
 */
public record Tls(
    @Nullable String trustStore,
    @Nullable Secret trustStorePassword,
    @Nullable String keyStore,
    @Nullable Secret keyStorePassword,
    boolean checksHostNames)
    implements Serializable {

  /** Trusts what the JVM trusts, without a client certificate, and checks host names. */
  public static Tls ofJvm() {
    return new Tls(null, null, null, null, true);
  }

  /** Trusts the certificates of a store, without a client certificate, and checks host names. */
  public static Tls trusting(String trustStore, @Nullable Secret password) {
    return new Tls(trustStore, password, null, null, true);
  }

  /** Shows the client's own certificate to the server. Default: none. */
  public Tls withClientKey(String keyStore, @Nullable Secret password) {
    return new Tls(trustStore, trustStorePassword, keyStore, password, checksHostNames);
  }

  /** Accepts a trusted certificate whatever host it names. Default: the host must match. */
  public Tls withoutHostNameCheck() {
    return new Tls(trustStore, trustStorePassword, keyStore, keyStorePassword, false);
  }
}
