package org.pharos.drills;

import java.util.List;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.LocalCassandra;

/**
 * Of a thousand rows one has no key or lies in the future. Each must reach the handler of bad
 * records with its original, and every other row the table.
 */
final class BadRows implements Drill {
  private static final long EVERY = 1_000;

  @Override
  public String name() {
    return "bad-rows";
  }

  @Override
  public String summary() {
    return "1 row in 1,000 that can never be written, set aside with its original";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.node();
    return List.of(write(ground, node, Ground.keyspace(node, this)));
  }

  private Finding write(Ground ground, LocalCassandra node, String keyspace) {
    EvenRows rows = new EvenRows(ground.rows());
    JobSpec spec =
        ground.job(Kind.WRITE_WITH_BAD_ROWS, rows, keyspace, "sales", Ground.connection(node));
    Ground.create(node, spec);
    JobEnd end = ground.start(this, "write", spec).end();
    RowTally stored = new TableProof(node.session()).of(spec.asTable(), rows, true);
    long bad = rows.count() / EVERY;
    boolean told =
        end.count("bad") == bad
            && end.count("wrongly bad") == 0
            && end.count("total") == rows.count();
    return Finding.of(name(), "write", rows.count() - bad, end.count("bad"), stored, end)
        .and(told, told ? "" : bad + " bad records were expected");
  }
}
