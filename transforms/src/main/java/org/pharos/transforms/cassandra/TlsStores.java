package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads the stores of a {@link Tls} on the worker. */
final class TlsStores {

  private TlsStores() {}

  /**
   * What makes the driver's encrypted connections.
   *
   * @throws CassandraFailure if a store cannot be read, naming it
   */
  static SslEngineFactory engines(Tls tls) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(tls), trusted(tls), null);
      return new ProgrammaticSslEngineFactory(context, null, tls.checksHostNames());
    } catch (GeneralSecurityException e) {
      throw new CassandraFailure("TLS cannot be set up on this worker: " + e.getMessage(), e);
    }
  }

  private static KeyManager @Nullable [] keys(Tls tls) throws GeneralSecurityException {
    if (tls.keyStore() == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore keys = load(tls.keyStore(), tls.keyStorePassword());
    Secret password = tls.keyStorePassword();
    if (password == null) {
      throw new CassandraFailure(
          "the client's key in the store "
              + tls.keyStore()
              + " cannot be read without a password. Give one by reference (env:NAME or"
              + " file:PATH)");
    }
    factory.init(keys, password.resolve().toCharArray());
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trusted(Tls tls) throws GeneralSecurityException {
    if (tls.trustStore() == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = load(tls.trustStore(), tls.trustStorePassword());
    if (trusted.size() == 0) {
      throw new CassandraFailure(
          "the trust store "
              + tls.trustStore()
              + " holds no certificate"
              + (tls.trustStorePassword() == null
                  ? " that can be read without a password. Give one by reference (env:NAME or"
                      + " file:PATH)"
                  : ". Import the certificate of the authority that signed those of the nodes"));
    }
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static KeyStore load(String path, @Nullable Secret password)
      throws GeneralSecurityException {
    char @Nullable [] characters = characters(password);
    try {
      return KeyStore.getInstance(new File(path), characters);
    } catch (IOException | IllegalArgumentException e) {
      throw new CassandraFailure(
          "the store "
              + path
              + " cannot be read on this worker"
              + (password == null ? "" : " with the password of " + password)
              + " ("
              + e.getMessage()
              + "). It must be a PKCS12 or JKS file on every machine that runs the pipeline",
          e);
    }
  }

  private static char @Nullable [] characters(@Nullable Secret password) {
    return password == null ? null : password.resolve().toCharArray();
  }
}
