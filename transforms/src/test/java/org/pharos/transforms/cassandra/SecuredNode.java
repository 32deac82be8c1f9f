package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.pharos.local.Certificates;
import org.pharos.local.ClientEncryption;
import org.pharos.local.LocalCassandra;

/**
 * One node that asks for a login, for TLS and for a client's certificate; the classes that need it
 * share it, and it ends with this JVM.
 */
final class SecuredNode {
  static final LocalCassandra CASSANDRA =
      LocalCassandra.builder()
          .authentication(true)
          .clientEncryption(ClientEncryption.MUTUAL)
          .heapMegabytes(512)
          .shortLived(true)
          .start();

  static final Certificates CERTIFICATES = CASSANDRA.certificates().orElseThrow();

  private static final AtomicInteger SECRETS = new AtomicInteger();

  private SecuredNode() {}

  /** With all that the node asks for. */
  static CassandraConnection connection() {
    return as(LocalCassandra.SUPERUSER.user(), LocalCassandra.SUPERUSER.password());
  }

  static CassandraConnection as(String user, String password) {
    return plain().withCredentials(user, secret(password)).withTls(tls());
  }

  /** Without login and encryption. */
  static CassandraConnection plain() {
    return CassandraConnection.to(CASSANDRA.contactPoints())
        .withLocalDatacenter(CASSANDRA.datacenter());
  }

  static Tls tls() {
    return tls(CERTIFICATES.trustStore(), CERTIFICATES.client());
  }

  static Tls tls(Path trusted, @Nullable Path key) {
    Tls tls = Tls.trusting(trusted.toString(), storePassword());
    return key == null ? tls : tls.withClientKey(key.toString(), storePassword());
  }

  static Secret storePassword() {
    return Secret.file(CERTIFICATES.passwordFile().toString());
  }

  /** In a file of its own that goes with the node. */
  static Secret secret(String text) {
    Path file = CERTIFICATES.directory().resolve("secret" + SECRETS.incrementAndGet());
    try {
      return Secret.file(Files.writeString(file, text + "\n").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
