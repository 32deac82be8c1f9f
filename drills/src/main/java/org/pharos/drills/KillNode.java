package org.pharos.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pharos.drills.jobs.CountJob;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.jobs.JobSpec;
import org.pharos.drills.jobs.JobSpec.Kind;
import org.pharos.drills.rows.EvenRows;
import org.pharos.drills.rows.RowTally;
import org.pharos.local.LocalCassandra;

/**
 * One of three nodes with three copies of each row is killed in the middle of a job at
 * LOCAL_QUORUM, and started again: another one each time, so that what the first one missed is
 * asked of it. Counters, which cannot be repeated, must not be incremented twice, and those whose
 * answer was lost must be told as unknown.
 */
final class KillNode implements Drill {
  @Override
  public String name() {
    return "kill-node";
  }

  @Override
  public String summary() {
    return "kill -9 of one of three nodes during each job, and its restart";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra ring = ground.ring();
    List<Finding> findings =
        new ArrayList<>(
            new ThreeDoors(this, ground, ring, Ground.connection(ring), new EvenRows(ground.rows()))
                .under((running, kind, rows) -> kill(ring, victim(kind), running, rows)));
    findings.add(increment(ground, ring));
    return findings;
  }

  private static int victim(Kind kind) {
    return switch (kind) {
      case WRITE, WRITE_WITH_BAD_ROWS, COUNT -> 3;
      case SCAN -> 2;
      case WRITE_GROUPED, LOOK_UP -> 1;
    };
  }

  private static void kill(LocalCassandra ring, int node, Running running, long rows) {
    running.awaitPassed(rows / 3);
    running.say("node " + node + " is killed");
    ring.kill(node);
    running.awaitPassed(rows / 2);
    running.say("node " + node + " starts again");
    ring.start(node);
  }

  private Finding increment(Ground ground, LocalCassandra ring) {
    EvenRows rows = new EvenRows(ground.rows());
    JobSpec spec = ground.job(Kind.COUNT, rows, "drill_kill_node", "hits", Ground.connection(ring));
    Ground.create(ring, spec);
    Running running = ground.start(this, "increment", spec);
    kill(ring, victim(Kind.COUNT), running, rows.entities());
    JobEnd end = running.end();
    Map<Long, Long> hits = new TableProof(ring.session()).counters(spec.asTable(), CountJob.HITS);
    RowTally seen = new RowTally();
    long lost = 0;
    for (long entity = 0; entity < rows.entities(); entity++) {
      long times = hits.getOrDefault(entity, 0L);
      if (times == 0 && end.unknown().contains(entity)) {
        // It was told as unknown, and it was not written: nothing is missing.
        seen.add(entity);
        lost++;
      }
      for (long i = 0; i < times; i++) {
        seen.add(entity);
      }
    }
    return Finding.of(name(), "increment", rows.entities(), 0, seen, end)
        .and(
            true, "%d unknown, of which %d were not written".formatted(end.unknown().size(), lost));
  }
}
