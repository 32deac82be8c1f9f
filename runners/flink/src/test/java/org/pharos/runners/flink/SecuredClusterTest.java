package org.pharos.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.runners.flink.SecuredNode.CASSANDRA;
import static org.pharos.runners.flink.SecuredNode.CERTIFICATES;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pharos.local.TestKeyspace;
import org.pharos.pipelines.launcher.Launcher;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteTable;

/**
 * A cluster that asks for a login and for TLS: by the launcher, and in a job that was not probed.
 */
@Timeout(90)
class SecuredClusterTest {
  /** With two restarts, on a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(60);

  private static TestKeyspace keyspace;
  private static Table table;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void create() {
    keyspace = TestKeyspace.create(CASSANDRA, 1);
    table = Table.named(keyspace.name(), "t").partitionKey("k", CqlType.INT).build();
    table.createStatements().forEach(statement -> keyspace.execute(statement));
    keyspace.execute("INSERT INTO t (k) VALUES (7)");
  }

  @AfterAll
  static void drop() {
    keyspace.close();
  }

  @Test
  void flags_for_login_and_encryption_lead_to_the_tables() throws Exception {
    Path digests = folder.resolve("digests");

    assertThat(run(flags("--digests=" + digests)))
        .as(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(Launcher.DONE);

    assertThat(Files.readString(digests)).startsWith("t 1 ");
  }

  @Test
  void a_wrong_password_ends_the_run_before_it_starts() {
    assertThat(run(flags("--passwordFrom=file:" + SecuredNode.WRONG_PASSWORD_FILE)))
        .isEqualTo(Launcher.FAILED);
    assertTold(
        "pharos: could not connect to %s datacenter dc1 user keeper TLS: the cluster refused user"
            + " keeper with the password of file:%s. Check both, and that the role may log in",
        contactPoint(), SecuredNode.WRONG_PASSWORD_FILE);
  }

  @Test
  void an_authority_that_did_not_sign_the_node_ends_the_run_before_it_starts() {
    assertThat(run(flags("--trustStore=" + CERTIFICATES.strangersTrustStore())))
        .isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            "pharos: could not connect to %s datacenter dc1 user keeper TLS: the encrypted"
                    .formatted(contactPoint())
                + " connection was not agreed on (")
        .contains("Check the trust store (" + CERTIFICATES.strangersTrustStore() + ")");
  }

  @Test
  void no_node_ends_the_run_before_it_starts() {
    assertThat(run(flags("--contactPoints=127.0.0.1:1"))).isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            "pharos: could not connect to 127.0.0.1:1 datacenter dc1 user keeper TLS: no node"
                + " answered (")
        .contains("Check the contact points, their port, that the nodes are up");
  }

  @Test
  void a_wrong_datacenter_ends_the_run_before_it_starts() {
    assertThat(run(flags("--localDatacenter=west"))).isEqualTo(Launcher.FAILED);
    assertTold(
        "pharos: there is no datacenter \"west\" in the cluster at %s; it has dc1. Give one of"
            + " these as the local datacenter (names are case-sensitive)",
        contactPoint());
  }

  @Test
  void a_wrong_keyspace_ends_the_run_before_it_starts() {
    assertThat(run(flags("--keyspace=nowhere"))).isEqualTo(Launcher.FAILED);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("pharos: there is no keyspace nowhere");
  }

  @Test
  void a_store_that_is_missing_is_a_bad_argument() {
    assertThat(run(flags("--trustStore=/no/such.p12"))).isEqualTo(Launcher.BAD_ARGUMENTS);
    assertTold(
        "pharos: --trustStore=/no/such.p12: is not a file that can be read here; it must be, as on"
            + " every worker");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_read_with_a_wrong_password_fails_the_job_soon_with_advice(boolean checkpoints) {
    Pipeline pipeline = pipeline(checkpoints);
    var unused = pipeline.apply(ReadTable.of(table).from(wrong("read" + checkpoints)));

    assertFailsSoon(pipeline);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_write_with_a_wrong_password_fails_the_job_soon_with_advice(boolean checkpoints) {
    Pipeline pipeline = pipeline(checkpoints);
    var unused =
        pipeline
            .apply(
                Create.of(Row.withSchema(table.rowSchema()).addValue(8).build())
                    .withRowSchema(table.rowSchema()))
            .apply(WriteTable.of(table).to(wrong("write" + checkpoints)));

    assertFailsSoon(pipeline);
    assertThat(keyspace.execute("SELECT k FROM t").all()).hasSize(1);
  }

  private static CassandraConnection wrong(String session) {
    return SecuredNode.with(SecuredNode.WRONG_PASSWORD_FILE)
        .withDriverConfig("basic.session-name = " + session);
  }

  /** With the restarts of our launcher, sooner after each other. */
  private static Pipeline pipeline(boolean checkpoints) {
    List<String> arguments = new ArrayList<>(FlinkLauncher.VOICE.first());
    arguments.remove("--executionRetryDelay=5000");
    arguments.add("--executionRetryDelay=100");
    if (checkpoints) {
      arguments.addAll(List.of("--streaming", "--checkpointingInterval=500"));
    }
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs(arguments.toArray(new String[0])).create());
  }

  private static void assertFailsSoon(Pipeline pipeline) {
    Instant start = Instant.now();
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining(
            "the cluster refused user keeper with the password of file:"
                + SecuredNode.WRONG_PASSWORD_FILE
                + ". Check both, and that the role may log in");
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
  }

  private void assertTold(String message, Object... arguments) {
    assertThat(err.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(message.formatted(arguments));
  }

  private static String contactPoint() {
    return CASSANDRA.contactPoints().get(0);
  }

  /** What suffices, but for one flag that takes the place of its like. */
  private List<String> flags(String other) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--contactPoints=" + contactPoint(),
                "--localDatacenter=" + CASSANDRA.datacenter(),
                "--username=" + SecuredNode.USER,
                "--passwordFrom=file:" + SecuredNode.PASSWORD_FILE,
                "--trustStore=" + CERTIFICATES.trustStore(),
                "--trustStorePasswordFrom=file:" + CERTIFICATES.passwordFile(),
                "--keyspace=" + keyspace.name(),
                "--tables=t",
                "--digests=" + folder.resolve("unused")));
    String name = other.substring(0, other.indexOf('=') + 1);
    flags.removeIf(flag -> flag.startsWith(name));
    flags.add(other);
    return flags;
  }

  private int run(List<String> flags) {
    List<String> arguments = new ArrayList<>(List.of("run", "digest-tables"));
    arguments.addAll(flags);
    return new Launcher(
            FlinkLauncher.VOICE,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false)
        .run(arguments.toArray(new String[0]));
  }
}
