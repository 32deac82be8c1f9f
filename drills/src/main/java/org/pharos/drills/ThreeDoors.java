package org.pharos.drills;

import java.util.ArrayList;
import java.util.List;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.NumberedRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.LocalCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * The same fault while a table is written, while another is written after a shuffle, then while the
 * first is read, then while each of its partitions is looked up; every row must be there after the
 * writes, and come out once of the others.
 */
final class ThreeDoors {
  private static final String TABLE = "sales";

  /** What goes wrong while a job runs; afterwards all is well again. */
  interface Fault {
    /** No fault: what is drilled is the data. */
    Fault NONE = (running, kind, rows) -> {};

    /**
     * Lets it happen.
     *
     * @param rows how many will have passed when the job is done
     */
    void strike(Running running, Kind kind, long rows);

    /** Whether every job must notice; otherwise it may, and tells. */
    default boolean mustHoldBack() {
      return false;
    }
  }

  private final Drill drill;
  private final Ground ground;
  private final LocalCassandra cassandra;
  private final CassandraConnection connection;
  private final NumberedRows rows;
  private final String keyspace;

  ThreeDoors(
      Drill drill,
      Ground ground,
      LocalCassandra cassandra,
      CassandraConnection connection,
      NumberedRows rows) {
    this.drill = drill;
    this.ground = ground;
    this.cassandra = cassandra;
    this.connection = connection;
    this.rows = rows;
    this.keyspace = Ground.keyspace(cassandra, drill);
  }

  List<Finding> under(Fault fault) {
    List<Finding> findings = new ArrayList<>();
    findings.add(write(job(Kind.WRITE, TABLE), "write", fault));
    findings.add(write(job(Kind.WRITE_GROUPED, TABLE + "_grouped"), "write, grouped", fault));
    findings.add(read(Kind.SCAN, "scan", fault));
    findings.add(read(Kind.LOOK_UP, "look-up", fault));
    return findings;
  }

  private Finding write(JobSpec spec, String part, Fault fault) {
    Ground.create(cassandra, spec);
    JobEnd end = run(part, spec, fault);
    RowTally stored = new TableProof(cassandra.session()).of(spec.asTable(), rows, true);
    boolean told = !end.done() || end.count("written") == rows.count();
    return Finding.of(drill.name(), part, rows.count(), 0, stored, end)
        .heldBack(end, fault.mustHoldBack())
        .and(told, told ? "" : "counts " + end.count("written") + " rows as written");
  }

  private Finding read(Kind kind, String part, Fault fault) {
    JobEnd end = run(part, job(kind, TABLE), fault);
    long strangers = kind == Kind.LOOK_UP ? rows.entities() / 100 : 0;
    boolean told = !end.done() || end.count("strangers") == strangers;
    return Finding.ofRead(drill.name(), part, rows.count(), end)
        .heldBack(end, fault.mustHoldBack())
        .and(told, told ? "" : "says that " + end.count("strangers") + " keys are missing");
  }

  private JobEnd run(String part, JobSpec spec, Fault fault) {
    Running running = ground.start(drill, part, spec);
    fault.strike(running, spec.kind(), rows.count());
    return running.end();
  }

  private JobSpec job(Kind kind, String table) {
    return ground.job(kind, rows, keyspace, table, connection);
  }
}
