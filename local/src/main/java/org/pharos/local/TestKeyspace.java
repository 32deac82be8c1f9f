package org.pharos.local;

import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import java.util.UUID;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/** A keyspace of a test's own on a cluster that it shares with others. */
public final class TestKeyspace implements AutoCloseable {
  private static final int ATTEMPTS = 100;
  private static final Pattern SCHEMA_CHANGE =
      Pattern.compile("\\s*(CREATE|ALTER|DROP)\\b", Pattern.CASE_INSENSITIVE);

  private final CassandraCluster cluster;
  private final String name;
  private final int replicationFactor;

  private TestKeyspace(CassandraCluster cluster, String name, int replicationFactor) {
    this.cluster = cluster;
    this.name = name;
    this.replicationFactor = replicationFactor;
  }

  /** A new keyspace with a name that nobody else has; who calls this closes it, which drops it. */
  public static TestKeyspace create(CassandraCluster cluster, int replicationFactor) {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    cluster
        .session()
        .execute(
            "CREATE KEYSPACE %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
                .formatted(name, cluster.datacenter(), replicationFactor));
    if (cluster instanceof LocalCassandra local) {
      local.awaitSchema();
    }
    return new TestKeyspace(cluster, name, replicationFactor);
  }

  /** Its name, which needs no quotes. */
  public String name() {
    return name;
  }

  /** How many copies of a row there are. */
  public int replicationFactor() {
    return replicationFactor;
  }

  /** The cluster that it is on. */
  public CassandraCluster cluster() {
    return cluster;
  }

  /**
   * Runs one statement in this keyspace: a table's name needs no keyspace before it. A change of
   * the schema is known to all nodes when this returns. A node announces a new schema a moment
   * before it can take rows of a new table: that is waited for.
   */
  public ResultSet execute(String cql, Object... values) {
    SimpleStatement statement = SimpleStatement.newInstance(cql, values).setKeyspace(name);
    for (int attempt = 1; ; attempt++) {
      try {
        ResultSet result = cluster.session().execute(statement);
        if (SCHEMA_CHANGE.matcher(cql).lookingAt() && cluster instanceof LocalCassandra local) {
          local.awaitSchema();
        }
        return result;
      } catch (ServerError e) {
        if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("Unknown CF")) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a table came into being", e);
    }
  }

  /**
   * Writes this keyspace's memtables to disk and refreshes {@code system.size_estimates}, on every
   * node. No CQL does that, so a test on a cluster that this process did not start is skipped.
   */
  public void flush() {
    if (!(cluster instanceof LocalCassandra local)) {
      throw new TestAbortedException("Only a local node can be told to flush " + name);
    }
    local.flush(name);
  }

  @Override
  public void close() {
    cluster.session().execute("DROP KEYSPACE IF EXISTS " + name);
  }

  @Override
  public String toString() {
    return name;
  }
}
