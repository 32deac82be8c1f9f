package org.pharos.drills;

import java.time.Duration;
import java.util.List;
import org.pharos.drills.rows.EvenRows;
import org.pharos.local.LocalCassandra;

/** A node stands still for a while: its connections stay open, and nothing is answered. */
final class PauseNode implements Drill {
  private static final int NODE = 2;
  private static final Duration PAUSE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return "pause-node";
  }

  @Override
  public String summary() {
    return "one of three nodes stands still (SIGSTOP) for 20 s during each job";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra ring = ground.ring();
    return new ThreeDoors(this, ground, ring, Ground.connection(ring), new EvenRows(ground.rows()))
        .under(
            (running, kind, rows) -> {
              running.awaitPassed(rows / 3);
              running.say("node " + NODE + " stands still");
              ring.pause(NODE);
              try {
                // A job may end meanwhile; the node stands still for the whole time.
                running.awaitTime(PAUSE);
              } finally {
                ring.resume(NODE);
              }
              if (running.isRunning()) {
                running.say("node " + NODE + " goes on");
              }
            });
  }
}
