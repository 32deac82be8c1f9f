package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.pharos.local.CassandraCluster;
import org.pharos.local.WithCassandra;

@WithCassandra
@Timeout(90)
@Isolated("It shortens the grace period of all sessions.")
class SessionsTest {

  private CassandraConnection connection;
  private CassandraConnection same;
  private Duration before;

  @BeforeEach
  void connection_of_this_test(CassandraCluster cluster, TestInfo test) {
    String own = "basic.session-name = " + test.getTestMethod().orElseThrow().getName();
    connection = TestConnections.to(cluster).withDriverConfig(own);
    same = TestConnections.to(cluster).withDriverConfig(own + " # written in another way");
    before = Sessions.keepFor(Duration.ofMillis(200));
  }

  @AfterEach
  void restore_the_grace_period() {
    assertThat(Sessions.keepFor(before)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void many_threads_that_start_at_once_share_one_session() throws Exception {
    int threads = 16;
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Lease>> leases = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      CassandraConnection given = i % 2 == 0 ? connection : same;
      leases.add(
          workers.submit(
              () -> {
                start.await();
                return Sessions.acquire(given);
              }));
    }
    start.countDown();
    Set<CqlSession> sessions = new HashSet<>();
    for (Future<Lease> lease : leases) {
      sessions.add(lease.get().session());
    }
    assertThat(sessions).hasSize(1);
    CqlSession session = sessions.iterator().next();
    for (Future<Lease> lease : leases) {
      assertThat(session.isClosed()).isFalse();
      lease.get().close();
      lease.get().close();
    }
    assertCloses(session);
    workers.shutdown();
  }

  @Test
  void other_settings_have_another_session() {
    try (Lease one = Sessions.acquire(connection);
        Lease two =
            Sessions.acquire(connection.withDriverConfig("basic.request.timeout = 3 seconds"))) {
      assertThat(one.session()).isNotSameAs(two.session());
      assertThat(Sessions.open()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void without_a_grace_period_nothing_is_left_when_the_last_lease_is_back() throws Exception {
    assertThat(Sessions.keepFor(Duration.ZERO)).isEqualTo(Duration.ofMillis(200));
    Lease lease = Sessions.acquire(connection);
    String threads = lease.session().getContext().getSessionName() + "-";
    lease.close();
    assertThat(lease.session().isClosed()).isTrue();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(threads)) {
        // A thread of the driver says that it has ended a moment before it has.
        thread.join(Duration.ofSeconds(5).toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
    assertThat(Sessions.keepFor(Duration.ofMillis(200))).isEqualTo(Duration.ZERO);
  }

  @Test
  void a_session_outlives_its_last_lease_for_the_grace_period() throws Exception {
    assertThat(Sessions.keepFor(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(200));
    Lease first = Sessions.acquire(connection);
    first.close();
    assertThat(Sessions.keepFor(Duration.ofMillis(200))).isEqualTo(Duration.ofSeconds(60));
    Lease second = Sessions.acquire(same);
    assertThat(second.session()).isSameAs(first.session());
    second.close();
    assertCloses(second.session());
    try (Lease third = Sessions.acquire(connection)) {
      assertThat(third.session()).isNotSameAs(first.session());
    }
  }

  @Test
  void a_closed_session_is_replaced() {
    Lease first = Sessions.acquire(connection);
    first.session().close();
    try (Lease second = Sessions.acquire(connection)) {
      assertThat(second.session()).isNotSameAs(first.session());
      assertThat(second.session().execute("SELECT key FROM system.local").one().getString(0))
          .isEqualTo("local");
    }
    first.close();
  }

  @Test
  void a_datacenter_that_is_not_there_is_named_with_those_that_are(CassandraCluster cluster) {
    assertThatThrownBy(() -> Sessions.acquire(connection.withLocalDatacenter("DC1")))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "there is no datacenter \"DC1\" in the cluster at %s; it has %s. Give one of these as"
                + " the local datacenter (names are case-sensitive)",
            String.join(", ", connection.contactPoints()), cluster.datacenter());
  }

  @Test
  void a_node_that_does_not_answer_ends_the_attempts_with_advice() {
    CassandraConnection nowhere = CassandraConnection.to("127.0.0.1:1").withLocalDatacenter("dc1");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Sessions.acquire(nowhere))
          .isInstanceOf(CassandraFailure.class)
          .hasMessageStartingWith(
              "could not connect to 127.0.0.1:1 datacenter dc1: no node answered (")
          .hasMessageEndingWith(
              "). Check the contact points, their port, that the nodes are up and that this machine"
                  + " can reach them");
    }
  }

  @Test
  void a_host_that_nobody_knows_is_named() {
    assertThatThrownBy(
            () ->
                Sessions.acquire(
                    CassandraConnection.to("no-such-host.invalid").withLocalDatacenter("dc1")))
        .isInstanceOf(CassandraFailure.class)
        .hasMessage(
            "none of the contact points no-such-host.invalid:9042 has a host name that this worker"
                + " can resolve. Check the names, and that the workers use the right DNS");
  }

  @Test
  void encryption_with_a_node_that_has_none_is_told_so() {
    assertThatThrownBy(() -> Sessions.acquire(connection.withTls(Tls.ofJvm())))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("could not connect to " + connection + " TLS: ")
        .hasMessageContaining("the encrypted connection was not agreed on");
  }

  @Test
  void a_bundle_that_is_not_there_is_named() {
    assertThatThrownBy(
            () ->
                Sessions.acquire(
                    CassandraConnection.to().withSecureConnectBundle("/no/bundle.zip")))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("could not connect to bundle /no/bundle.zip: ")
        .hasMessageContaining("/no/bundle.zip");
  }

  @Test
  void driver_text_that_the_driver_cannot_use_is_told() {
    assertThatThrownBy(
            () ->
                Sessions.acquire(
                    connection.withDriverConfig(
                        "basic.load-balancing-policy.class = NoSuchPolicy")))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("could not connect to ")
        .hasMessageContaining("NoSuchPolicy");
  }

  @Test
  void a_store_that_is_not_there_is_named() {
    assertThatThrownBy(
            () -> Sessions.acquire(connection.withTls(Tls.trusting("/no/trust.p12", null))))
        .isInstanceOf(CassandraFailure.class)
        .hasMessageStartingWith("the store /no/trust.p12 cannot be read on this worker (");
  }

  @Test
  void the_users_driver_text_wins_over_our_defaults() {
    try (Lease lease =
        Sessions.acquire(connection.withDriverConfig("basic.request.timeout = 3 seconds"))) {
      var config = lease.session().getContext().getConfig().getDefaultProfile();
      assertThat(
              config.getDuration(
                  com.datastax.oss.driver.api.core.config.DefaultDriverOption.REQUEST_TIMEOUT))
          .isEqualTo(Duration.ofSeconds(3));
      assertThat(
              config.getString(
                  com.datastax.oss.driver.api.core.config.DefaultDriverOption.REQUEST_CONSISTENCY))
          .isEqualTo("LOCAL_QUORUM");
    }
  }

  private static void assertCloses(CqlSession session) throws Exception {
    session.closeFuture().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(session.isClosed()).isTrue();
  }
}
