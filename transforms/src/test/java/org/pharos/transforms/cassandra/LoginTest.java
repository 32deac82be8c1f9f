package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.local.LocalCassandra;

/** Against a node that asks for a login. */
@Timeout(120)
class LoginTest {

  @TempDir static Path directory;
  private static LocalCassandra cassandra;

  @BeforeAll
  static void start() {
    cassandra = LocalCassandra.builder().authentication(true).heapMegabytes(512).start();
  }

  @AfterAll
  static void stop() {
    cassandra.close();
  }

  private static CassandraConnection withPassword(String password) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), password + "\n");
    return CassandraConnection.to(cassandra.contactPoints())
        .withLocalDatacenter(cassandra.datacenter())
        .withCredentials(LocalCassandra.SUPERUSER.user(), Secret.file(file.toString()));
  }

  @Test
  void the_password_of_a_file_opens_the_door() throws IOException {
    try (Lease lease = Sessions.acquire(withPassword(LocalCassandra.SUPERUSER.password()))) {
      assertThat(lease.session().execute("LIST ROLES").all()).isNotEmpty();
    }
  }

  @Test
  void a_wrong_password_is_told_at_once_and_never_shown() throws IOException {
    CassandraConnection wrong =
        withPassword("hunter2").withDriverConfig("basic.session-name = wrong");
    assertThatThrownBy(() -> Sessions.acquire(wrong))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the cluster refused user cassandra with the password of %s."
                + " Check both, and that the role may log in",
            wrong, wrong.password())
        .satisfies(
            e -> {
              for (Throwable each = e; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain("hunter2");
              }
            });
  }

  @Test
  void a_missing_login_is_told() {
    CassandraConnection none =
        CassandraConnection.to(cassandra.contactPoints())
            .withLocalDatacenter(cassandra.datacenter());
    assertThatThrownBy(() -> Sessions.acquire(none))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "could not connect to %s: the cluster asks for a login and the connection has none."
                + " Give a user and a password (env:NAME or file:PATH)",
            none);
  }
}
