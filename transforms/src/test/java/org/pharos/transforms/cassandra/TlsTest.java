package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.SecuredNode.CASSANDRA;
import static org.pharos.transforms.cassandra.SecuredNode.CERTIFICATES;
import static org.pharos.transforms.cassandra.SecuredNode.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** What a node that wants TLS and a client's certificate takes, and how each refusal is told. */
@ResourceLock(TestServers.SECURED_NODE)
class TlsTest {

  /** A second or two, but on a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private CassandraConnection connection;

  @BeforeEach
  void a_session_of_this_test(TestInfo test) {
    connection =
        SecuredNode.connection()
            .withDriverConfig(
                "basic.session-name = " + test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void show_the_right_certificate() {
    CASSANDRA.showCertificate(CERTIFICATES.node());
  }

  @Test
  void rows_go_out_and_come_back_with_a_client_certificate() {
    try (TestKeyspace keyspace = TestKeyspace.create(CASSANDRA, 1)) {
      Table table =
          Table.named(keyspace.name(), "encrypted")
              .partitionKey("k", CqlType.INT)
              .column("v", CqlType.TEXT)
              .build();
      TestConnections.create(keyspace, table);
      List<Row> rows =
          List.of(
              Writing.row(table.rowSchema(), 1, "one"), Writing.row(table.rowSchema(), 2, "two"));
      Pipeline writing = Pipeline.create();
      Writing.rows(writing, table.rowSchema(), rows).apply(WriteTable.of(table).to(connection));
      writing.run().waitUntilFinish();

      Pipeline reading = Pipeline.create();
      PAssert.that(reading.apply(ReadTable.of(table).from(connection))).containsInAnyOrder(rows);
      reading.run().waitUntilFinish();
    }
  }

  @Test
  void a_client_without_a_certificate_is_refused() {
    assertRefused(
        connection.withTls(tls(CERTIFICATES.trustStore(), null)),
        "SSLHandshakeException: Received fatal alert: certificate_required",
        CERTIFICATES.trustStore().toString(),
        "none is given");
  }

  @Test
  void a_client_with_an_expired_certificate_is_refused() {
    assertRefused(
        connection.withTls(tls(CERTIFICATES.trustStore(), CERTIFICATES.expiredClient())),
        "SSLHandshakeException: Received fatal alert: certificate_expired",
        CERTIFICATES.trustStore().toString(),
        CERTIFICATES.expiredClient().toString());
  }

  @Test
  void a_client_that_an_unknown_authority_signed_is_refused() {
    // The JDK does not even show a certificate of an authority that the node did not ask for.
    assertRefused(
        connection.withTls(tls(CERTIFICATES.trustStore(), CERTIFICATES.stranger())),
        "SSLHandshakeException: Received fatal alert: certificate_required",
        CERTIFICATES.trustStore().toString(),
        CERTIFICATES.stranger().toString());
  }

  @Test
  void a_node_that_an_unknown_authority_signed_is_refused() {
    assertRefused(
        connection.withTls(tls(CERTIFICATES.strangersTrustStore(), CERTIFICATES.client())),
        "SunCertPathBuilderException: unable to find valid certification path to requested target",
        CERTIFICATES.strangersTrustStore().toString(),
        CERTIFICATES.client().toString());
    assertRefused(
        connection.withTls(
            Tls.ofJvm()
                .withClientKey(CERTIFICATES.client().toString(), SecuredNode.storePassword())),
        "SunCertPathBuilderException: unable to find valid certification path to requested target",
        "that of the JVM",
        CERTIFICATES.client().toString());
  }

  @Test
  void a_node_with_an_expired_certificate_is_refused() {
    CASSANDRA.showCertificate(CERTIFICATES.expiredNode());

    assertThatThrownBy(() -> Sessions.acquire(connection))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith(
            "could not connect to %s: the encrypted connection was not agreed on"
                + " (CertificateExpiredException: NotAfter: ",
            connection);
  }

  @Test
  void a_node_that_is_named_otherwise_is_refused_unless_names_are_not_checked() {
    CASSANDRA.showCertificate(CERTIFICATES.misnamedNode());

    assertRefused(
        connection,
        "CertificateException: No subject alternative DNS name matching localhost found.",
        CERTIFICATES.trustStore().toString(),
        CERTIFICATES.client().toString());
    assertOpens(connection.withTls(tls().withoutHostNameCheck()));
  }

  @Test
  void a_plain_client_is_told_that_the_node_may_want_tls() {
    CassandraConnection plain =
        new CassandraConnection(
            connection.contactPoints(),
            connection.localDatacenter(),
            connection.user(),
            connection.password(),
            null,
            null,
            connection.driverConfig(),
            null);
    Instant start = Instant.now();

    assertThatThrownBy(() -> Sessions.acquire(plain))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("could not connect to %s: the nodes closed the connection (", plain)
        .hasMessageEndingWith(
            "). Check that the port is the one for CQL, and whether the nodes want TLS, which this"
                + " connection does not use");
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
  }

  @Test
  void a_store_that_cannot_be_read_is_named() {
    Path trust = CERTIFICATES.trustStore();
    Path client = CERTIFICATES.client();
    Secret wrong = SecuredNode.secret("hunter2");

    assertFails(
        Tls.trusting(trust.toString(), wrong),
        "the store %s cannot be read on this worker with the password of %s (keystore password was"
            + " incorrect). It must be a PKCS12 or JKS file on every machine that runs the"
            + " pipeline",
        trust,
        wrong);
    assertFails(
        Tls.trusting(trust.toString(), null),
        "the trust store %s holds no certificate that can be read without a password. Give one by"
            + " reference (env:NAME or file:PATH)",
        trust);
    assertFails(
        tls(trust, null).withClientKey(client.toString(), null),
        "the client's key in the store %s cannot be read without a password. Give one by reference"
            + " (env:NAME or file:PATH)",
        client);
  }

  private void assertFails(Tls tls, String message, Object... arguments) {
    assertThatThrownBy(() -> Sessions.acquire(connection.withTls(tls)))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(message, arguments);
  }

  private static void assertRefused(
      CassandraConnection connection, String reason, String trusted, String key) {
    Instant start = Instant.now();
    assertThatThrownBy(() -> Sessions.acquire(connection))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the encrypted connection was not agreed on (%s). Check the"
                + " trust store (%s), the client's key if the cluster wants one (%s), that no"
                + " certificate is expired, and the host names in the nodes' certificates",
            connection, reason, trusted, key);
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
  }

  private static void assertOpens(CassandraConnection connection) {
    try (Lease lease = Sessions.acquire(connection)) {
      assertThat(lease.session().execute("SELECT key FROM system.local").one().getString(0))
          .isEqualTo("local");
    }
  }
}
