package org.pharos.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.Secret;
import org.pharos.transforms.cassandra.Tls;
import org.pharos.transforms.cassandra.WriteLimit;

class ConnectionsTest {
  private final CassandraOptions options = PipelineOptionsFactory.as(CassandraOptions.class);

  @Test
  void makes_one_connection_of_all_options() {
    options.setContactPoints(List.of("a", "b:9043"));
    options.setLocalDatacenter("west");
    options.setUsername("ann");
    options.setPasswordFrom("env:PASSWORD");
    options.setTrustStore("/trust.p12");
    options.setTrustStorePasswordFrom("file:/trust");
    options.setKeyStore("/key.p12");
    options.setDriverConfig("basic.request.page-size = 10");
    options.setMaxRowsPerSecond(5_000);
    options.setWriteWorkers(2);

    assertThat(Connections.from(options))
        .isEqualTo(
            CassandraConnection.to("a", "b:9043")
                .withLocalDatacenter("west")
                .withCredentials("ann", Secret.env("PASSWORD"))
                .withTls(
                    Tls.trusting("/trust.p12", Secret.file("/trust"))
                        .withClientKey("/key.p12", null))
                .withDriverConfig("basic.request.page-size = 10")
                .withWriteLimit(WriteLimit.rowsPerSecond(5_000).acrossWorkers(2)));
  }

  @Test
  void encrypts_with_what_the_jvm_trusts_and_whatever_names_are_in_the_certificates() {
    options.setContactPoints(List.of("a"));
    options.setLocalDatacenter("west");
    options.setTls(true);
    options.setCheckHostNames(false);

    assertThat(Connections.from(options).tls()).isEqualTo(Tls.ofJvm().withoutHostNameCheck());
  }

  @Test
  void takes_a_secure_connect_bundle_alone() {
    options.setSecureConnectBundle("/bundle.zip");

    assertThat(Connections.from(options))
        .isEqualTo(CassandraConnection.to().withSecureConnectBundle("/bundle.zip"));
  }

  @Test
  void names_the_option_that_cannot_be() {
    options.setContactPoints(List.of("a:99999"));
    assertBad("--contactPoints=a:99999: ");

    options.setContactPoints(List.of("a"));
    assertBad("--localDatacenter: ");

    options.setLocalDatacenter("west");
    options.setUsername("ann");
    assertBad("--passwordFrom: is needed with --username: env:NAME or file:PATH");

    options.setUsername(null);
    options.setPasswordFrom("env:PASSWORD");
    assertBad("--username: is needed with --passwordFrom");

    options.setPasswordFrom(null);
    options.setMaxRowsPerSecond(-1);
    assertBad("--maxRowsPerSecond=-1.0: a number above 0, or 0 for no limit");

    options.setMaxRowsPerSecond(10);
    options.setWriteWorkers(0);
    assertBad("--writeWorkers=0: 1 or more");

    options.setMaxRowsPerSecond(0);
    options.setWriteWorkers(1);
    options.setCheckHostNames(false);
    assertBad("--checkHostNames=false: is of use only with --tls");

    options.setCheckHostNames(true);
    options.setTrustStorePasswordFrom("env:PASSWORD");
    assertBad("--trustStorePasswordFrom: is of use only with --trustStore");

    options.setTrustStorePasswordFrom(null);
    options.setKeyStorePasswordFrom("env:PASSWORD");
    assertBad("--keyStorePasswordFrom: is of use only with --keyStore");

    options.setKeyStorePasswordFrom(null);
    options.setSecureConnectBundle("/bundle.zip");
    assertBad(
        "--secureConnectBundle=/bundle.zip: the connection has a secure connect bundle, which"
            + " brings contact points, datacenter and encryption; leave those out");
  }

  @Test
  void asks_for_contact_points_first() {
    assertBad("--contactPoints: ");
  }

  @Test
  void does_not_repeat_a_password_given_by_mistake() {
    options.setContactPoints(List.of("a"));
    options.setLocalDatacenter("west");
    options.setUsername("ann");
    options.setPasswordFrom("geheim");

    assertThatThrownBy(() -> Connections.from(options))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith("--passwordFrom=...: ")
        .hasMessageNotContaining("geheim");
  }

  private void assertBad(String message) {
    assertThatThrownBy(() -> Connections.from(options))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith(message);
  }
}
