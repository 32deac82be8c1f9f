package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.SecuredNode.CASSANDRA;
import static org.pharos.transforms.cassandra.SecuredNode.CERTIFICATES;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/**
 * A bundle as a hosted Cassandra gives it, with a service that tells the nodes. In the place of the
 * proxy in front of the nodes stands the node itself, which does not mind that it is named in the
 * handshake.
 */
@ResourceLock(TestServers.SECURED_NODE)
class SecureConnectBundleTest {

  @TempDir Path directory;
  private HttpsServer service;

  @BeforeEach
  void start_the_service() throws IOException {
    service = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.setHttpsConfigurator(
        new AsksForCertificates(
            CERTIFICATES.context(CERTIFICATES.node(), CERTIFICATES.trustStore())));
    byte[] answer =
        """
        {"version": 1, "region": "here", "contact_info": {"type": "sni_proxy", "local_dc": "%s",
         "sni_proxy_address": "%s", "contact_points": ["%s"]}}
        """
            .formatted(
                CASSANDRA.datacenter(),
                CASSANDRA.contactPoints().get(0),
                CASSANDRA.session().execute("SELECT host_id FROM system.local").one().getUuid(0))
            .getBytes(StandardCharsets.UTF_8);
    service.createContext(
        "/metadata",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop_the_service() {
    service.stop(0);
  }

  @Test
  void a_bundle_and_a_login_are_all_that_a_pipeline_needs() throws IOException {
    CassandraConnection connection =
        connection(bundle(CERTIFICATES.client(), service.getAddress().getPort()));
    try (TestKeyspace keyspace = TestKeyspace.create(CASSANDRA, 1)) {
      Table table = Table.named(keyspace.name(), "t").partitionKey("k", CqlType.INT).build();
      TestConnections.create(keyspace, table);
      List<Row> rows =
          List.of(Writing.row(table.rowSchema(), 1), Writing.row(table.rowSchema(), 2));
      Pipeline writing = Pipeline.create();
      Writing.rows(writing, table.rowSchema(), rows).apply(WriteTable.of(table).to(connection));
      writing.run().waitUntilFinish();

      Pipeline reading = Pipeline.create();
      PAssert.that(reading.apply(ReadTable.of(table).from(connection))).containsInAnyOrder(rows);
      reading.run().waitUntilFinish();
    }
  }

  @Test
  void a_wrong_password_is_told() throws IOException {
    CassandraConnection wrong =
        CassandraConnection.to()
            .withSecureConnectBundle(
                bundle(CERTIFICATES.client(), service.getAddress().getPort()).toString())
            .withCredentials("cassandra", SecuredNode.secret("hunter2"));

    assertThatThrownBy(() -> Sessions.acquire(wrong))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the cluster refused user cassandra with the password of %s."
                + " Check both, and that the role may log in",
            wrong, wrong.password());
  }

  @Test
  void a_bundle_of_another_cluster_is_refused() throws IOException {
    CassandraConnection strange =
        connection(bundle(CERTIFICATES.stranger(), service.getAddress().getPort()));

    // Whether the service's refusal or its hanging up is seen first is a matter of luck.
    assertThatThrownBy(() -> Sessions.acquire(strange))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("could not connect to " + strange + ": the ")
        .hasMessageContaining(" the bundle is a current one");
  }

  @Test
  void a_service_that_is_gone_is_told() throws IOException {
    CassandraConnection parked =
        connection(bundle(CERTIFICATES.client(), service.getAddress().getPort()));
    service.stop(0);

    assertThatThrownBy(() -> Sessions.acquire(parked))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the service or the nodes that the bundle leads to did not"
                + " answer (ConnectException: Connection refused). Check that the database runs,"
                + " that this machine can reach it, and that the bundle is a current one",
            parked);
  }

  @Test
  @Tag("slow")
  @Timeout(100)
  void a_service_that_never_answers_ends_the_attempts_after_a_minute() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      CassandraConnection stuck = connection(bundle(CERTIFICATES.client(), silent.getLocalPort()));

      assertThatThrownBy(() -> Sessions.acquire(stuck))
          .isInstanceOf(CassandraFailure.class)
          .hasMessageContaining("did not answer (TimeoutException)");
    }
  }

  @Test
  void a_file_that_is_no_bundle_is_told() throws IOException {
    CassandraConnection broken =
        connection(Files.writeString(directory.resolve("other.zip"), "no archive"));

    assertThatThrownBy(() -> Sessions.acquire(broken))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the bundle cannot be used (IllegalStateException: Invalid"
                + " bundle: missing file config.json). It must be a secure connect bundle, as"
                + " downloaded, at this path on every machine that runs the pipeline",
            broken);
  }

  private static CassandraConnection connection(Path bundle) {
    return CassandraConnection.to()
        .withSecureConnectBundle(bundle.toString())
        .withCredentials("cassandra", SecuredNode.secret("cassandra"));
  }

  private Path bundle(Path identity, int port) throws IOException {
    String config =
        """
        {"host": "localhost", "port": %d, "keyStorePassword": "%2$s", "trustStorePassword": "%2$s"}
        """
            .formatted(port, CERTIFICATES.password());
    Path file = directory.resolve("bundle.zip");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      add(zip, "config.json", config.getBytes(StandardCharsets.UTF_8));
      // The driver asks for JKS, and the JDK then takes PKCS12 as well.
      add(zip, "identity.jks", Files.readAllBytes(identity));
      add(zip, "trustStore.jks", Files.readAllBytes(CERTIFICATES.trustStore()));
    }
    assertThat(file).isNotEmptyFile();
    return file;
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static final class AsksForCertificates extends HttpsConfigurator {
    AsksForCertificates(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setNeedClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }
}
