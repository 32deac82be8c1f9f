package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pharos.schemas.Table;
import org.pharos.schemas.TableDiff;

/**
 * The tables of a live cluster: describes, creates, verifies and evolves them. For programs and
 * launchers, before a pipeline is assembled or after it ran; close it when done.
 *
 * <p>Every change waits until all nodes agree on the schema. All methods throw {@link
 * CassandraFailure} when the cluster cannot be reached or refuses.
 */
public final class Tables implements AutoCloseable {

  private static final Duration CHANGE = Duration.ofSeconds(60);
  private static final Duration AGREEMENT = Duration.ofSeconds(30);

  private final CassandraConnection connection;
  private final Lease lease;

  private Tables(CassandraConnection connection) {
    this.connection = connection;
    this.lease = Sessions.acquire(connection);
  }

  /**
   * Connects.
   *
   * @throws CassandraFailure if the cluster cannot be reached, within a bounded time, saying what
   *     to do
   */
  public static Tables connect(CassandraConnection connection) {
    return new Tables(connection);
  }

  /**
   * A live table with all its columns, options and storage-attached indexes. Cassandra does not
   * keep the order in which columns outside the key were declared: they come sorted by name.
   * Buckets are not known to the server.
   *
   * @throws CassandraFailure if there is no such table, naming those there are
   */
  public Table describe(String keyspace, String name) {
    Optional<Table> found = find(keyspace, name);
    if (found.isPresent()) {
      return found.get();
    }
    LiveSchema schema = new LiveSchema(session(), keyspace);
    List<String> keyspaces = schema.keyspaces();
    throw new CassandraFailure(
        keyspaces.contains(keyspace)
            ? "there is no table "
                + name
                + " in keyspace "
                + keyspace
                + ", only "
                + schema.tables()
                + ". Create it, or correct the name (upper case counts)"
            : "there is no keyspace "
                + keyspace
                + " at "
                + connection
                + ", only "
                + keyspaces
                + ". Create it, or correct the name (upper case counts)");
  }

  /** As {@link #describe}, or nothing if there is no such table. */
  public Optional<Table> find(String keyspace, String name) {
    try {
      return new LiveSchema(session(), keyspace).find(name);
    } catch (DriverException e) {
      throw CassandraFailure.of(
          "describing a table", keyspace + "." + name, "Check that the role may read it", e);
    }
  }

  /** Creates a keyspace if it is missing; one that is there stays as it is. */
  public void createKeyspace(Keyspace keyspace) {
    change(keyspace.createStatement(), keyspace.name());
  }

  /**
   * Creates what is missing of a table: its user types, the table, its indexes. The keyspace must
   * be there.
   *
   * @throws CassandraFailure if a table of this name is there and does not match, or the table
   *     needs what the cluster's version lacks
   */
  public void create(Table table) {
    ServerFeatures.check(session(), table);
    if (find(table.keyspace(), table.name()).isEmpty()) {
      for (String statement : table.createStatements()) {
        change(statement, table.qualifiedName());
      }
    }
    verify(table);
  }

  /**
   * Checks that a live table has all that this one states; what it has beyond that is no matter.
   *
   * @throws CassandraFailure naming each difference
   */
  public void verify(Table table) {
    TableDiff diff = table.diff(describe(table.keyspace(), table.name()));
    if (!diff.isEmpty()) {
      throw new CassandraFailure(
          "the live "
              + table
              + " is not as stated:\n"
              + diff.describe()
              + (diff.hasConflicts()
                  ? "\nCorrect the stated table, or use another one"
                  : "\nEvolve it, or correct the stated table"));
    }
  }

  /**
   * Adds to a live table what it lacks: columns, fields of user types, indexes; sets the options
   * that are stated and differ. Creates the table if it is missing. Never takes anything away.
   *
   * @throws CassandraFailure naming each difference that cannot be resolved without losing data;
   *     then nothing was changed
   */
  public void evolve(Table table) {
    Optional<Table> live = find(table.keyspace(), table.name());
    if (live.isEmpty()) {
      create(table);
      return;
    }
    ServerFeatures.check(session(), table);
    TableDiff diff = table.diff(live.get());
    if (diff.hasConflicts()) {
      throw new CassandraFailure(
          "the live "
              + table
              + " cannot become as stated without losing data:\n"
              + String.join("\n", diff.conflicts())
              + "\nNothing was changed. Correct the stated table, or write to a new one and copy");
    }
    for (String statement : diff.additionStatements()) {
      add(statement, table);
    }
    for (String statement : diff.optionStatements()) {
      change(statement, table.qualifiedName());
    }
    verify(table);
  }

  @Override
  public void close() {
    lease.close();
  }

  /** Of two that evolve a table together, one finds it done already. */
  private void add(String statement, Table table) {
    try {
      change(statement, table.qualifiedName());
    } catch (CassandraFailure e) {
      boolean refused = e.getCause() instanceof InvalidQueryException;
      TableDiff left = table.diff(describe(table.keyspace(), table.name()));
      if (!refused || left.additionStatements().contains(statement)) {
        throw e;
      }
    }
  }

  private void change(String statement, String where) {
    try {
      session().execute(SimpleStatement.newInstance(statement).setTimeout(CHANGE));
      if (!SchemaAgreement.await(session(), AGREEMENT)) {
        throw new CassandraFailure(
            "the nodes did not agree on the schema within "
                + AGREEMENT.toSeconds()
                + " s after a change of "
                + where
                + ". Check that all nodes are up and see each other (nodetool describecluster)");
      }
    } catch (DriverException e) {
      throw CassandraFailure.of(
          "changing the schema",
          where,
          "The statement was: " + statement.replaceAll("\\s+", " "),
          e);
    }
  }

  private CqlSession session() {
    return lease.session();
  }
}
