package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pharos.transforms.cassandra.SecuredNode.CASSANDRA;

import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.Pipeline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.pharos.local.LocalCassandra;
import org.pharos.local.TestKeyspace;
import org.pharos.schemas.CqlType;
import org.pharos.schemas.Table;

/** Against a node that asks for a login. */
@Timeout(60)
@ResourceLock(TestServers.SECURED_NODE)
class LoginTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestKeyspace keyspace;
  private static Table table;

  @BeforeAll
  static void create() {
    keyspace = TestKeyspace.create(CASSANDRA, 1);
    table = Table.named(keyspace.name(), "t").partitionKey("k", CqlType.INT).build();
    TestConnections.create(keyspace, table);
    CASSANDRA.session().execute("CREATE ROLE reader WITH PASSWORD = 'r3ader' AND LOGIN = true");
    CASSANDRA.session().execute("GRANT SELECT ON KEYSPACE " + keyspace.name() + " TO reader");
  }

  @AfterAll
  static void drop() {
    CASSANDRA.session().execute("DROP ROLE reader");
    keyspace.close();
  }

  private static CassandraConnection wrong(String name) {
    return SecuredNode.as(LocalCassandra.SUPERUSER.user(), "hunter2")
        .withDriverConfig("basic.session-name = " + name);
  }

  private static String refused(CassandraConnection wrong) {
    return "could not connect to "
        + wrong
        + ": the cluster refused user cassandra with the password of "
        + wrong.password()
        + ". Check both, and that the role may log in";
  }

  @Test
  void the_password_of_a_file_opens_the_door() {
    try (Lease lease = Sessions.acquire(SecuredNode.connection())) {
      assertThat(lease.session().execute("LIST ROLES").all()).isNotEmpty();
    }
  }

  @Test
  void a_wrong_password_is_told_at_once_and_never_shown() {
    CassandraConnection wrong = wrong("alone");
    assertThatThrownBy(() -> Sessions.acquire(wrong))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(refused(wrong))
        .satisfies(
            e -> {
              for (Throwable each = e; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain("hunter2");
              }
            });
  }

  @Test
  void a_missing_login_is_told() {
    CassandraConnection none = SecuredNode.plain().withTls(SecuredNode.tls());
    assertThatThrownBy(() -> Sessions.acquire(none))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the cluster asks for a login and the connection has none."
                + " Give a user and a password (env:NAME or file:PATH)",
            none);
  }

  @Test
  void a_read_with_a_wrong_password_fails_the_job_soon_with_advice() {
    CassandraConnection wrong = wrong("reading");
    Pipeline pipeline = Pipelines.create();
    var unused = pipeline.apply(ReadTable.of(table).from(wrong));

    assertFailsSoon(pipeline, refused(wrong));
  }

  @Test
  void a_write_with_a_wrong_password_fails_the_job_soon_with_advice() {
    CassandraConnection wrong = wrong("writing");
    Pipeline pipeline = Pipelines.create();
    Writing.rows(pipeline, table.rowSchema(), Writing.row(table.rowSchema(), 1))
        .apply(WriteTable.of(table).to(wrong));

    assertFailsSoon(pipeline, refused(wrong));
  }

  @Test
  void what_a_role_may_not_do_fails_the_job_with_what_it_lacks() {
    CassandraConnection reader = SecuredNode.as("reader", "r3ader");
    Pipeline reading = Pipelines.create();
    var unused = reading.apply(ReadTable.of(table).from(reader));
    reading.run().waitUntilFinish();

    Pipeline writing = Pipelines.create();
    Writing.rows(writing, table.rowSchema(), Writing.row(table.rowSchema(), 1))
        .apply(WriteTable.of(table).to(reader));
    assertFailsSoon(
        writing,
        "User reader has no MODIFY permission on <table " + keyspace.name() + ".t> or any of its");
  }

  private static void assertFailsSoon(Pipeline pipeline, String message) {
    Instant start = Instant.now();
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasStackTraceContaining(message)
        .satisfies(e -> assertThat(e).asString().doesNotContain("hunter2"));
    assertThat(Duration.between(start, Instant.now())).isLessThan(SOON);
  }
}
