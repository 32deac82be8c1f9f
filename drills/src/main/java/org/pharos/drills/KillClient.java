package org.pharos.drills;

import java.util.List;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.LocalCassandra;

/**
 * The JVM of a writing job is killed in the middle, and the job run again in event-time mode: every
 * row must be there, with its own event's time as the time of its writing, as if nothing had
 * happened.
 */
final class KillClient implements Drill {
  @Override
  public String name() {
    return "kill-client";
  }

  @Override
  public String summary() {
    return "kill -9 of the job's own JVM in the middle of a write, which is then run again";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.node();
    EvenRows rows = new EvenRows(ground.rows());
    JobSpec spec =
        ground.job(Kind.WRITE, rows, Ground.keyspace(node, this), "sales", Ground.connection(node));
    Ground.create(node, spec);
    TableProof proof = new TableProof(node.session());

    Running first = ground.start(this, "write, killed", spec);
    first.awaitPassed(rows.count() / 2);
    boolean inTheMiddle = first.isRunning();
    first.kill();
    RowTally half = proof.of(spec.asTable(), rows, true);

    JobEnd again = ground.start(this, "write, again", spec).end();
    RowTally stored = proof.of(spec.asTable(), rows, true);
    return List.of(
        Finding.of(name(), "write, run again", rows.count(), 0, stored, again)
            .and(
                inTheMiddle && half.wrong() == 0,
                half.found() + " rows were there when the first run was killed"));
  }
}
