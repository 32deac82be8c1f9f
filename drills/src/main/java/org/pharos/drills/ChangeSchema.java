package org.pharos.drills;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.LocalCassandra;

/**
 * The table changes under a running job. A column more changes nothing. A table that is truncated
 * has what was written afterwards, and all of it after the job was run again; who reads it sees
 * each row at most once. A table that is dropped fails the job, which says so.
 */
final class ChangeSchema implements Drill {
  private static final String DROPPED = "(?i)(unconfigured table|does not exist|unknown table)";

  @Override
  public String name() {
    return "change-schema";
  }

  @Override
  public String summary() {
    return "a column added, the table truncated, the table dropped while jobs run";
  }

  @Override
  public List<Finding> run(Ground ground) {
    Course course = new Course(ground, ground.node());
    List<Finding> findings = new ArrayList<>();
    findings.add(course.writeWhileAltered());
    findings.add(course.scanWhileAltered());
    findings.add(course.writeWhileTruncated());
    findings.add(course.scanWhileTruncated());
    findings.add(course.whileDropped(Kind.WRITE, "write"));
    findings.add(course.whileDropped(Kind.SCAN, "scan"));
    findings.add(course.whileDropped(Kind.LOOK_UP, "look-up"));
    return findings;
  }

  /** The drill on its way: one table for all of its jobs. */
  private final class Course {
    private final Ground ground;
    private final LocalCassandra node;
    private final EvenRows rows;
    private final String keyspace;
    private final JobSpec write;
    private final TableProof proof;

    Course(Ground ground, LocalCassandra node) {
      this.ground = ground;
      this.node = node;
      this.rows = new EvenRows(ground.rows());
      this.keyspace = Ground.keyspace(node, ChangeSchema.this);
      this.write = job(Kind.WRITE);
      this.proof = new TableProof(node.session());
      Ground.create(node, write);
    }

    private JobSpec job(Kind kind) {
      return ground.job(kind, rows, keyspace, "sales", Ground.connection(node));
    }

    private RowTally stored() {
      return proof.of(write.asTable(), rows, true);
    }

    private Running changed(String part, JobSpec spec, String change) {
      Running running = ground.start(ChangeSchema.this, part, spec);
      running.awaitPassed(rows.count() / 3);
      String statement = change.formatted(keyspace + ".sales");
      running.say(statement);
      node.session().execute(statement);
      return running;
    }

    Finding writeWhileAltered() {
      JobEnd end = changed("write, column added", write, "ALTER TABLE %s ADD more text").end();
      return Finding.of(name(), "write, column added", rows.count(), 0, stored(), end);
    }

    Finding scanWhileAltered() {
      JobEnd end =
          changed("scan, column added", job(Kind.SCAN), "ALTER TABLE %s ADD still_more text").end();
      return Finding.ofRead(name(), "scan, column added", rows.count(), end);
    }

    Finding writeWhileTruncated() {
      Running running = changed("write, truncated", write, "TRUNCATE %s");
      // What passes is told every tenth of a second: so much had certainly not passed before.
      running.awaitTime(Duration.ofMillis(500));
      long passed = running.passed();
      JobEnd end = running.end();
      RowTally left = stored();
      boolean after = end.done() && left.wrong() == 0 && left.found() >= rows.count() - passed;
      JobEnd again = ground.start(ChangeSchema.this, "write, truncated, again", write).end();
      return Finding.of(name(), "write, truncated, again", rows.count(), 0, stored(), again)
          .and(
              after,
              "%d rows after the run in which it was truncated%s"
                  .formatted(left.found(), end.done() ? "" : ", which failed: " + end.message()));
    }

    Finding scanWhileTruncated() {
      JobEnd end = changed("scan, truncated", job(Kind.SCAN), "TRUNCATE %s").end();
      long found = end.count("found");
      return Finding.ofRead(name(), "scan, truncated", found, end)
          .and(
              true, "%d of %d rows: what was there when it came by".formatted(found, rows.count()));
    }

    Finding whileDropped(Kind kind, String part) {
      String name = part + ", dropped";
      Ground.create(node, write);
      if (kind != Kind.WRITE) {
        JobEnd ignored = ground.start(ChangeSchema.this, "load for " + part, write).end();
      }
      JobEnd end = changed(name, job(kind), "DROP TABLE %s").end();
      return Finding.ofRefusal(name(), name, DROPPED, end);
    }
  }
}
