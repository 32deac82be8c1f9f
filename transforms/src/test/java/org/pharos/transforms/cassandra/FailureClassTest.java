package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.servererrors.CASWriteUnknownException;
import com.datastax.oss.driver.api.core.servererrors.DefaultWriteType;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pharos.local.TestKeyspace;
import org.pharos.local.WithCassandra;

/** The classes of what a live server says, and of what it says only in trouble. */
@WithCassandra
class FailureClassTest {

  private static Node node;

  @BeforeAll
  static void table(TestKeyspace keyspace) {
    keyspace.execute("CREATE TABLE t (id text, n int, v blob, PRIMARY KEY (id, n))");
    node = keyspace.cluster().session().getMetadata().getNodes().values().iterator().next();
  }

  @Test
  void what_the_server_will_never_take_of_a_row_is_permanent(TestKeyspace keyspace) {
    assertThat(refused(keyspace, "INSERT INTO t (id, n) VALUES ('', 1)"))
        .isEqualTo(FailureClass.PERMANENT);
    assertThat(refused(keyspace, "INSERT INTO t (id, n) VALUES (?, 1)", "x".repeat(70_000)))
        .isEqualTo(FailureClass.PERMANENT);
    assertThat(refused(keyspace, "INSERT INTO t (id, n) VALUES ('a', 1) USING TTL 999999999"))
        .isEqualTo(FailureClass.PERMANENT);
  }

  @Test
  void a_failure_that_no_replica_explains_may_mean_that_a_large_row_is_too_large() {
    int large = 10 << 20;
    assertThat(FailureClass.mayMeanTooLarge(writeFailure(0), large)).isTrue();
    assertThat(FailureClass.mayMeanTooLarge(new CompletionException(writeFailure(0)), large))
        .isTrue();
    assertThat(FailureClass.mayMeanTooLarge(writeFailure(0), 1 << 20)).isFalse();
    assertThat(FailureClass.mayMeanTooLarge(writeFailure(3), large)).isFalse();
    assertThat(FailureClass.mayMeanTooLarge(new ServerError(node, "full disk"), large)).isFalse();
    assertThat(FailureClass.of(writeFailure(0), true)).isEqualTo(FailureClass.TRANSIENT);
  }

  private static WriteFailureException writeFailure(int reason) {
    return new WriteFailureException(
        node,
        ConsistencyLevel.LOCAL_QUORUM,
        0,
        1,
        DefaultWriteType.SIMPLE,
        1,
        Map.of(InetAddress.getLoopbackAddress(), reason));
  }

  @Test
  void what_no_row_can_pass_is_fatal(TestKeyspace keyspace) {
    assertThat(refused(keyspace, "INSERT INTO no_such_table (id) VALUES (1)"))
        .isEqualTo(FailureClass.FATAL);
    assertThat(refused(keyspace, "INSERT INTO no_such_keyspace.t (id) VALUES (1)"))
        .isEqualTo(FailureClass.FATAL);
    assertThat(refused(keyspace, "INSERT INTO t (id, n, w) VALUES ('a', 1, 1)"))
        .isEqualTo(FailureClass.FATAL);
    assertThat(refused(keyspace, "INSERT INTO")).isEqualTo(FailureClass.FATAL);
  }

  @Test
  void a_batch_beyond_the_servers_limit_is_too_large(TestKeyspace keyspace) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (int i = 0; i < 20; i++) {
      batch.addStatement(insert(keyspace, "p" + i, i, 5_000));
    }
    Throwable failure = catchThrowable(() -> session(keyspace).execute(batch.build()));
    assertThat(FailureClass.of(failure, true))
        .as("%s", failure)
        .isEqualTo(FailureClass.BATCH_TOO_LARGE);
  }

  @Test
  void a_value_beyond_the_servers_limit_is_too_large(TestKeyspace keyspace) {
    Throwable failure =
        catchThrowable(() -> session(keyspace).execute(insert(keyspace, "a", 1, 17 << 20)));
    // 4.0 says no more than that a replica failed, which other troubles may do for a while.
    boolean silent = keyspace.cluster().version().startsWith("4.0.");
    assertThat(FailureClass.of(failure, true))
        .as("%s", failure)
        .isEqualTo(silent ? FailureClass.TRANSIENT : FailureClass.BATCH_TOO_LARGE);
  }

  @Test
  void what_may_have_been_done_is_unknown_unless_it_can_be_repeated() {
    for (Throwable failure :
        List.of(
            new DriverTimeoutException("Query timed out after PT12S"),
            new ClosedConnectionException("Lost connection to remote peer"),
            new ServerError(node, "java.lang.NullPointerException"),
            new CASWriteUnknownException(node, ConsistencyLevel.SERIAL, 1, 2),
            new ReadTimeoutException(node, ConsistencyLevel.QUORUM, 1, 2, false),
            new WriteTimeoutException(
                node, ConsistencyLevel.QUORUM, 1, 2, DefaultWriteType.COUNTER))) {
      assertThat(FailureClass.of(failure, false)).isEqualTo(FailureClass.UNKNOWN_OUTCOME);
      assertThat(FailureClass.of(new CompletionException(failure), true))
          .isEqualTo(FailureClass.TRANSIENT);
    }
  }

  @Test
  void what_was_not_begun_can_be_tried_again_whatever_it_was() {
    assertThat(
            FailureClass.of(new UnavailableException(node, ConsistencyLevel.QUORUM, 2, 1), false))
        .isEqualTo(FailureClass.TRANSIENT);
    assertThat(FailureClass.of(new BusyConnectionException(1024), false))
        .isEqualTo(FailureClass.OVERLOADED);
    assertThat(FailureClass.of(new OverloadedException(node), false))
        .isEqualTo(FailureClass.OVERLOADED);
  }

  @Test
  void of_several_nodes_answers_the_one_that_says_most_counts() {
    assertThat(FailureClass.of(new NoNodeAvailableException(), true))
        .isEqualTo(FailureClass.NO_NODE);
    assertThat(FailureClass.of(all(new NodeUnavailableException(node)), true))
        .isEqualTo(FailureClass.NO_NODE);
    assertThat(
            FailureClass.of(
                all(new NodeUnavailableException(node), new OverloadedException(node)), true))
        .isEqualTo(FailureClass.OVERLOADED);
    Throwable mixed =
        all(new OverloadedException(node), new DriverTimeoutException("Query timed out"));
    assertThat(FailureClass.of(mixed, false)).isEqualTo(FailureClass.UNKNOWN_OUTCOME);
    assertThat(FailureClass.of(mixed, true)).isEqualTo(FailureClass.OVERLOADED);
  }

  @Test
  void a_value_that_does_not_fit_is_permanent_and_a_bug_is_fatal() {
    assertThat(FailureClass.of(new IllegalArgumentException("column a: ..."), true))
        .isEqualTo(FailureClass.PERMANENT);
    assertThat(FailureClass.of(new NullPointerException(), true)).isEqualTo(FailureClass.FATAL);
  }

  @Test
  void a_closed_session_has_no_node(TestKeyspace keyspace) {
    CassandraConnection own =
        TestConnections.to(keyspace.cluster()).withDriverConfig("basic.session-name = closed");
    try (Lease lease = Sessions.acquire(own)) {
      lease.session().close();
      Throwable failure =
          catchThrowable(() -> lease.session().execute("SELECT key FROM system.local"));
      assertThat(FailureClass.of(failure, true)).as("%s", failure).isEqualTo(FailureClass.NO_NODE);
    }
  }

  @Test
  void a_connection_that_the_driver_gives_up_has_sent_nothing() {
    for (String message : List.of("Channel is closing", "Driver channel is closing")) {
      Throwable failure = all(new IllegalStateException(message));
      assertThat(FailureClass.of(failure, true)).isEqualTo(FailureClass.NO_NODE);
      assertThat(FailureClass.of(failure, false)).isEqualTo(FailureClass.NO_NODE);
    }
    assertThat(FailureClass.of(new IllegalStateException("a bug"), true))
        .isEqualTo(FailureClass.FATAL);
  }

  private static AllNodesFailedException all(Throwable... failures) {
    return AllNodesFailedException.fromErrors(
        java.util.Arrays.stream(failures).map(failure -> Map.entry(node, failure)).toList());
  }

  private static CqlSession session(TestKeyspace keyspace) {
    return keyspace.cluster().session();
  }

  private static SimpleStatement insert(TestKeyspace keyspace, String id, int n, int bytes) {
    return SimpleStatement.newInstance(
        "INSERT INTO " + keyspace.name() + ".t (id, n, v) VALUES (?, ?, ?)",
        id,
        n,
        ByteBuffer.allocate(bytes));
  }

  private static FailureClass refused(TestKeyspace keyspace, String cql, Object... values) {
    Throwable failure = catchThrowable(() -> keyspace.execute(cql, values));
    assertThat(failure).as(cql).isNotNull();
    FailureClass found = FailureClass.of(failure, true);
    assertThat(found.mayRepeat()).as("%s", failure).isFalse();
    return found;
  }
}
