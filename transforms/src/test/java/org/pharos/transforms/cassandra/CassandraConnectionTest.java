package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassandraConnectionTest {

  private static final CassandraConnection LOCAL =
      CassandraConnection.to("a.example:9043", "b.example").withLocalDatacenter("dc1");

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:9042",
    "' db-1.example_x:9142 ', db-1.example_x:9142",
    "10.0.0.1:1, 10.0.0.1:1",
    "[::1]:9043, [::1]:9043",
    "[fe80::1%eth0], [fe80::1%eth0]:9042",
    "2001:db8::1, [2001:db8::1]:9042"
  })
  void contact_points_have_a_port(String given, String kept) {
    assertThat(CassandraConnection.to(given).contactPoints()).containsExactly(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "host:", "host:0", "host:65536", "host:99999999", "a:b@c:1"})
  void a_wrong_contact_point_is_refused_with_what_is_allowed(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraConnection.to(given))
        .withMessage(
            "contact point \"%s\" is not host or host:port with a port of 1 to 65535 (an IPv6"
                + " address in brackets: [::1]:9042)",
            given);
  }

  @Test
  void connections_are_equal_by_content_whatever_the_form_of_the_driver_text() {
    assertThat(
            LOCAL.withDriverConfig(
                """
                datastax-java-driver {
                  basic.request.timeout = 3 seconds   # a comment
                  advanced { throttler { class = PassThroughRequestThrottler } }
                }
                """))
        .isEqualTo(
            LOCAL.withDriverConfig(
                "advanced.throttler.class=PassThroughRequestThrottler,"
                    + " basic.request { timeout = \"3 seconds\" }"))
        .isNotEqualTo(LOCAL);
  }

  @Test
  void what_is_missing_to_connect_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraConnection.to("h:1", "i:2").requireComplete())
        .withMessage(
            "the connection to h:1, i:2 has no local datacenter; give the name of the datacenter"
                + " whose nodes are to be asked (as in `SELECT data_center FROM system.local`)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CassandraConnection.to().requireComplete())
        .withMessage(
            "the connection has no contact points; give host:port of some nodes, or a secure"
                + " connect bundle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCAL.withSecureConnectBundle("/b.zip").requireComplete())
        .withMessage(
            "the connection has a secure connect bundle, which brings contact points, datacenter"
                + " and encryption; leave those out");
    LOCAL.requireComplete();
    CassandraConnection.to().withSecureConnectBundle("/b.zip").requireComplete();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "advanced.auth-provider.password = hunter2",
        "advanced { auth-provider { PassWord = hunter2 } }",
        "datastax-java-driver.advanced.auth-provider.\"pass-word\" = hunter2",
        "advanced.ssl-engine-factory.truststore-password = hunter2",
        "advanced.ssl-engine-factory { keystore_password = hunter2 }",
        "profiles.slow.advanced.auth-provider.password = hunter2",
        "x = { password = hunter2 }, advanced.auth-provider = ${x}",
        "advanced.my-plugin.list = [{ client-secret = hunter2 }]",
        "{\"advanced\": {\"auth-provider\": {\"password\": \"hunter2\"}}}"
      })
  void driver_text_with_a_secret_is_refused_without_repeating_it(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCAL.withDriverConfig(text))
        .withMessageContaining("the driver configuration holds a secret at ")
        .withMessageContaining("Use withCredentials or withTls, which take references")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "include \"secrets.conf\" | the driver configuration includes \"secrets.conf\"; give the"
            + " whole text, since the workers may not have that file",
        "include required(file(\"/etc/secrets.conf\")) | the driver configuration includes"
            + " \"/etc/secrets.conf\"; give the whole text, since the workers may not have that"
            + " file",
        "basic.request.timeout = ${HOME} | the driver configuration refers to a value that it does"
            + " not define itself; variables of the environment and system properties are not read",
        "basic { = hunter2 | the driver configuration is not HOCON, the format of the driver's"
            + " application.conf (line 1)",
        "basic.contact-points = [\"h:1\"] | the driver configuration sets basic.contact-points,"
            + " which the connection has a part for; use to(...)",
        "basic.load-balancing-policy.local-datacenter = x | the driver configuration sets"
            + " basic.load-balancing-policy.local-datacenter, which the connection has a part for;"
            + " use withLocalDatacenter"
      })
  void driver_text_that_reaches_beyond_itself_is_refused(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCAL.withDriverConfig(text))
        .withMessage(message);
  }

  @Test
  void no_secret_is_in_the_text_or_the_bytes(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "hunter2\n");
    CassandraConnection connection =
        LOCAL
            .withCredentials("reader", Secret.file(file.toString()))
            .withTls(Tls.trusting("/trust.p12", Secret.file(file.toString())));

    assertThat(connection)
        .hasToString("a.example:9043,b.example:9042 datacenter dc1 user reader TLS");
    assertThat(connection.password()).hasToString("file:" + file);
    byte[] bytes = SerializableUtils.serializeToByteArray(connection);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    CassandraConnection copy =
        (CassandraConnection) SerializableUtils.deserializeFromByteArray(bytes, "connection");
    assertThat(copy).isEqualTo(connection);
    assertThat(copy.password().resolve()).isEqualTo("hunter2");
  }

  @Test
  void a_missing_secret_is_named_but_never_shown() {
    assertThatThrownBy(() -> Secret.env("PHAROS_NO_SUCH_VARIABLE").resolve())
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "the environment variable PHAROS_NO_SUCH_VARIABLE, which should hold a secret, is not"
                + " set on this worker. Set it for every JVM that runs the pipeline");
    assertThatThrownBy(() -> Secret.file("/no/such/file").resolve())
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "the file /no/such/file, which should hold a secret, cannot be read on this worker"
                + " (NoSuchFileException). Put it on every machine that runs the pipeline, readable"
                + " by its user");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "", "plain:hunter2", "env:hunter2 and more", "env:"})
  void a_password_given_as_text_is_refused_without_repeating_it(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.parse(text))
        .satisfies(e -> assertThat(e.getMessage()).contains("env:").doesNotContain("hunter2"));
  }

  @Test
  void credentials_are_both_or_none() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LOCAL.withCredentials("reader", null))
        .withMessage("credentials are a user and a password, not one of them");
  }
}
