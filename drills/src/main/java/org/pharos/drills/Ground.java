package org.pharos.drills;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pharos.drills.jobs.JobProcess;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.local.LocalCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * What drills stand on: one cluster at a time, which the next drill finds as the last one left it
 * if it wants the same, and jobs whose progress is shown.
 */
final class Ground implements AutoCloseable {
  private static final int RING = 3;

  private final DrillArguments arguments;
  private final PrintStream out;
  private final boolean terminal;
  private @Nullable LocalCassandra cluster;
  private String clusterName = "";

  Ground(DrillArguments arguments, PrintStream out, boolean terminal) {
    this.arguments = arguments;
    this.out = out;
    this.terminal = terminal;
  }

  /** How many rows a table has, unless a drill says otherwise. */
  long rows() {
    return arguments.rows();
  }

  /** Where the logs of jobs go. */
  Path logs() {
    return arguments.logs();
  }

  /** Says what happens. */
  void say(String event) {
    out.println("  " + event);
  }

  /** Three nodes. */
  LocalCassandra ring() {
    return cluster("a ring of three nodes", () -> LocalCassandra.builder().nodes(RING).start());
  }

  /** One node. */
  LocalCassandra node() {
    return cluster("a node", LocalCassandra::start);
  }

  /** A cluster by a name that tells it from others. */
  LocalCassandra cluster(String name, Supplier<LocalCassandra> start) {
    if (cluster == null || !clusterName.equals(name)) {
      reset();
      out.println("  starting " + name + " ...");
      cluster = start.get();
      clusterName = name;
    }
    return cluster;
  }

  /** Ends the cluster: the next drill gets a new one. */
  void reset() {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  /** A connection to a cluster without anything in between. */
  static CassandraConnection connection(LocalCassandra cassandra) {
    return CassandraConnection.to(cassandra.contactPoints())
        .withLocalDatacenter(cassandra.datacenter());
  }

  /** A new, empty keyspace with as many copies as there are nodes; gives its name. */
  static String keyspace(LocalCassandra cassandra, Drill drill) {
    String name = "drill_" + drill.name().replace('-', '_');
    cassandra.session().execute("DROP KEYSPACE IF EXISTS " + name);
    cassandra
        .session()
        .execute(
            "CREATE KEYSPACE %s WITH replication = {'class': 'SimpleStrategy', '%s': %d}"
                .formatted(name, "replication_factor", cassandra.nodes()));
    cassandra.awaitSchema();
    return name;
  }

  /** Creates the table of a job. */
  static void create(LocalCassandra cassandra, JobSpec job) {
    job.asTable()
        .createStatements()
        .forEach(
            statement -> {
              var ignored = cassandra.session().execute(statement);
            });
    cassandra.awaitSchema();
  }

  /** A job on the runner that was asked for. */
  JobSpec job(
      JobSpec.Kind kind,
      NumberedRows rows,
      String keyspace,
      String table,
      CassandraConnection connection) {
    return new JobSpec(kind, arguments.runner(), rows, keyspace, table, connection);
  }

  /** Starts a job. */
  Running start(Drill drill, String part, JobSpec spec) {
    String file = drill.name() + "-" + part.replaceAll("[^a-z]+", "-");
    return new Running(
        JobProcess.start(spec, arguments.logs(), file), drill.name() + ": " + part, out, terminal);
  }

  @Override
  public void close() {
    reset();
  }
}
