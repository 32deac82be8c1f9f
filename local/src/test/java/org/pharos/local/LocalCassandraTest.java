package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCassandraTest {
  private static final String VERSION = System.getProperty("pharos.cassandra.version");

  @Test
  @Tag("slow")
  void a_kept_directory_keeps_its_rows_and_login_and_encryption_are_asked_for_when_wanted(
      @TempDir Path directory) {
    LocalCassandraBuilder builder =
        LocalCassandra.builder()
            .directory(directory)
            .authentication(true)
            .heapMegabytes(512)
            .shortLived(true);
    long pid;
    try (LocalCassandra first = builder.start()) {
      pid = first.pid(1);
      CqlSession session = first.session();
      session.execute(
          "CREATE KEYSPACE k WITH replication = {'class': 'SimpleStrategy', 'replication_factor':"
              + " 1}");
      session.execute("CREATE TABLE k.t (id int PRIMARY KEY)");
      session.execute("INSERT INTO k.t (id) VALUES (7)");
      assertThat(first.log(1)).exists().startsWith(directory);
      assertThat(first.login()).contains(LocalCassandra.SUPERUSER);
      assertThatThrownBy(() -> withoutLogin(first)).isInstanceOf(AllNodesFailedException.class);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();

    try (LocalCassandra second = builder.clientEncryption(ClientEncryption.REQUIRED).start()) {
      assertThat(second.session().execute("SELECT id FROM k.t").one().getInt(0)).isEqualTo(7);
      assertThat(second.certificates()).isPresent();
      assertThatThrownBy(() -> inPlainText(second)).isInstanceOf(AllNodesFailedException.class);
    }
  }

  @Test
  void a_node_that_does_not_start_is_told_with_the_end_of_its_log(@TempDir Path directory) {
    Node node = new Node(settings(directory), List.of());
    node.start();

    assertThatThrownBy(() -> node.awaitPort(Instant.now().plus(Duration.ofSeconds(60))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Cassandra "
                + VERSION
                + " on 127.0.0.1:1 ended with exit code 1 before it was ready. Its log is "
                + directory.resolve("logs").resolve("system.log"))
        .hasMessageContaining(
            "java.lang.ClassNotFoundException: org.apache.cassandra.service.CassandraDaemon");
  }

  @Test
  void a_child_s_class_path_holds_one_class_of_ours() throws Exception {
    List<Path> classPath = TetheredJava.whole(List.of(Path.of("server.jar")));

    assertThat(classPath).hasSize(2).startsWith(Path.of("server.jar"));
    try (JarFile tether = new JarFile(classPath.get(1).toFile())) {
      assertThat(tether.stream().map(JarEntry::getName))
          .containsExactly("org/pharos/local/Tether.class");
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
      LocalCassandraBuilder builder = LocalCassandra.builder().port(taken.getLocalPort());

      assertThatThrownBy(builder::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Port " + taken.getLocalPort() + " is taken on one of [127.0.0.1]");
    }
  }

  @Test
  void wrong_numbers_and_versions_are_refused_with_what_is_allowed() {
    assertThatThrownBy(() -> LocalCassandra.builder().nodes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nodes is 0; allowed: 1 to 9");
    assertThatThrownBy(() -> LocalCassandra.builder().version("3.11.4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cassandra version 3.11.4: use 4.0 or later, in full, as in 5.0.9, 4.1.10 or 4.0.19");
  }

  @Test
  void a_login_does_not_show_its_password() {
    assertThat(new CassandraCluster.Login("ada", "secret")).hasToString("Login[user=ada]");
  }

  @Test
  void tokens_are_distinct_and_the_same_each_time() {
    List<List<Long>> tokens = LocalCassandraBuilder.tokens(3, 16);

    assertThat(tokens.stream().flatMap(List::stream).distinct()).hasSize(48);
    assertThat(tokens).isEqualTo(LocalCassandraBuilder.tokens(3, 16));
  }

  @Test
  void a_setting_takes_the_place_of_ours(@TempDir Path directory) {
    assertThat(NodeFiles.yaml(settings(directory)).lines())
        .contains(
            "concurrent_writes: 2", "commitlog_sync_period: 500ms", "commitlog_sync: periodic")
        .doesNotContain("commitlog_sync_period: 10000ms");
    assertThatThrownBy(() -> LocalCassandra.builder().setting("concurrent_writes", "1\nx: 2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("setting \"concurrent_writes: 1\nx: 2\" is not one line of cassandra.yaml");
  }

  private static void inPlainText(LocalCassandra cassandra) {
    CqlSession.builder()
        .withLocalDatacenter(cassandra.datacenter())
        .withAuthCredentials(LocalCassandra.SUPERUSER.user(), LocalCassandra.SUPERUSER.password())
        .addContactPoint(Sessions.address(cassandra.contactPoints().get(0)))
        .build()
        .close();
  }

  private static void withoutLogin(LocalCassandra cassandra) {
    CqlSession.builder()
        .withLocalDatacenter(cassandra.datacenter())
        .addContactPoint(Sessions.address(cassandra.contactPoints().get(0)))
        .build()
        .close();
  }

  private static NodeSettings settings(Path directory) {
    return new NodeSettings(
        CassandraVersion.parse(VERSION),
        "127.0.0.1",
        1,
        2,
        List.of("127.0.0.1"),
        List.of(0L),
        "dc1",
        "rack1",
        256,
        true,
        false,
        ClientEncryption.NONE,
        null,
        true,
        false,
        Map.of("concurrent_writes", "2", "commitlog_sync_period", "500ms"),
        directory);
  }
}
