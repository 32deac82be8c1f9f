package org.pharos.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.metadata.token.TokenRange;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@WithCassandra(nodes = 3, replicationFactor = 3)
class RingTest {
  private static final int ROWS = 300;

  private final LocalCassandra ring;
  private final TestKeyspace keyspace;

  RingTest(LocalCassandra ring, TestKeyspace keyspace) {
    this.ring = ring;
    this.keyspace = keyspace;
  }

  @BeforeAll
  static void write_rows(TestKeyspace keyspace) {
    keyspace.execute("CREATE TABLE t (id int PRIMARY KEY, body text)");
    IntStream.range(0, ROWS).forEach(id -> insert(keyspace, id));
  }

  @Test
  void all_nodes_see_each_other_and_share_the_token_range() {
    CqlSession session = ring.session();

    assertThat(session.getMetadata().getNodes().values())
        .extracting(Node::getState)
        .containsExactly(NodeState.UP, NodeState.UP, NodeState.UP);
    assertThat(ring.contactPoints())
        .hasSize(3)
        .allSatisfy(each -> assertThat(each).startsWith("127.0.0."));
    for (Node node : session.getMetadata().getNodes().values()) {
      assertThat(
              session.execute(
                  SimpleStatement.newInstance("SELECT peer FROM system.peers_v2").setNode(node)))
          .as("peers of %s", node)
          .hasSize(2);
    }
    Set<TokenRange> ranges = session.getMetadata().getTokenMap().orElseThrow().getTokenRanges();
    assertThat(ranges).hasSize(3 * 16);
  }

  @Test
  void size_estimates_are_there_after_a_flush() {
    keyspace.flush();

    for (Node node : ring.session().getMetadata().getNodes().values()) {
      long partitions =
          ring
              .session()
              .execute(
                  SimpleStatement.newInstance(
                          "SELECT partitions_count FROM system.size_estimates WHERE keyspace_name ="
                              + " ? AND table_name = 't'",
                          keyspace.name())
                      .setNode(node))
              .all()
              .stream()
              .mapToLong(row -> row.getLong(0))
              .sum();
      assertThat(partitions).as("partitions on %s", node).isPositive();
    }
  }

  @Test
  @Tag("slow")
  void a_killed_node_leaves_a_quorum_and_comes_back() {
    ring.kill(3);
    try {
      assertThat(rowsAtQuorumOnceItsDeathIsKnown()).isEqualTo(ROWS);
    } finally {
      ring.start(3);
    }

    assertThat(rowsAt(DefaultConsistencyLevel.ALL)).isEqualTo(ROWS);
  }

  @Test
  void a_paused_node_does_not_answer_until_it_is_resumed() {
    Node second =
        ring.session().getMetadata().getNodes().values().stream()
            .filter(node -> node.getEndPoint().toString().contains("127.0.0.2"))
            .findFirst()
            .orElseThrow();
    SimpleStatement question =
        SimpleStatement.newInstance("SELECT release_version FROM system.local").setNode(second);
    ring.pause(2);
    try {
      assertThatThrownBy(() -> ring.session().execute(question.setTimeout(Duration.ofMillis(500))))
          .isInstanceOf(DriverTimeoutException.class);
    } finally {
      ring.resume(2);
    }

    assertThat(ring.session().execute(question).one().getString(0)).isEqualTo(ring.version());
  }

  /** A read that began before the others knew of the death may have waited for the dead. */
  private int rowsAtQuorumOnceItsDeathIsKnown() {
    Instant deadline = Instant.now().plusSeconds(60);
    while (true) {
      try {
        return rowsAt(DefaultConsistencyLevel.QUORUM);
      } catch (QueryExecutionException e) {
        assertThat(Instant.now()).as("time to answer without node 3").isBefore(deadline);
      }
    }
  }

  private int rowsAt(DefaultConsistencyLevel level) {
    return (int)
        ring
            .session()
            .execute(
                SimpleStatement.newInstance("SELECT id FROM " + keyspace + ".t")
                    .setConsistencyLevel(level))
            .all()
            .stream()
            .distinct()
            .count();
  }

  private static void insert(TestKeyspace keyspace, int id) {
    assertThat(
            keyspace
                .execute("INSERT INTO t (id, body) VALUES (?, ?)", id, "row " + id)
                .wasApplied())
        .isTrue();
  }
}
