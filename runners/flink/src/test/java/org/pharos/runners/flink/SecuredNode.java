package org.pharos.runners.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.pharos.local.Certificates;
import org.pharos.local.ClientEncryption;
import org.pharos.local.LocalCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;
import org.pharos.transforms.cassandra.Tls;

/** One node that asks for a login and for TLS, shared by the classes that need it. */
final class SecuredNode {
  static final LocalCassandra CASSANDRA =
      LocalCassandra.builder()
          .authentication(true)
          .clientEncryption(ClientEncryption.REQUIRED)
          .heapMegabytes(512)
          .shortLived(true)
          .start();

  static final Certificates CERTIFICATES = CASSANDRA.certificates().orElseThrow();

  /** A user whose password occurs nowhere by chance. */
  static final String USER = "keeper";

  static final String PASSWORD = UUID.randomUUID().toString();
  static final Path PASSWORD_FILE = file("login", PASSWORD);
  static final Path WRONG_PASSWORD_FILE = file("wrong-login", "hunter2");

  static {
    CASSANDRA
        .session()
        .execute(
            "CREATE ROLE %s WITH PASSWORD = '%s' AND LOGIN = true AND SUPERUSER = true"
                .formatted(USER, PASSWORD));
  }

  private SecuredNode() {}

  static CassandraConnection with(Path passwordFile) {
    return CassandraConnection.to(CASSANDRA.contactPoints())
        .withLocalDatacenter(CASSANDRA.datacenter())
        .withCredentials(USER, Secret.file(passwordFile.toString()))
        .withTls(
            Tls.trusting(
                CERTIFICATES.trustStore().toString(),
                Secret.file(CERTIFICATES.passwordFile().toString())));
  }

  private static Path file(String name, String text) {
    try {
      return Files.writeString(CERTIFICATES.directory().resolve(name), text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
