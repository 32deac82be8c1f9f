package org.pharos.drills;

import java.time.Duration;
import java.util.List;
import org.pharos.drills.rows.EvenRows;
import org.pharos.local.FaultyNetwork;
import org.pharos.local.LocalCassandra;
import org.pharos.transforms.cassandra.CassandraConnection;

/**
 * Between a job and its only node lies a network that becomes slow, is cut, swallows everything
 * without a word, and refuses connections, one after the other. There is no other node to ask: the
 * job has to wait until it is well again.
 */
final class BadNetwork implements Drill {
  private static final Duration DELAY = Duration.ofMillis(50);
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final Duration SILENT = Duration.ofSeconds(10);
  private static final Duration REFUSED = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "bad-network";
  }

  @Override
  public String summary() {
    return "a network that delays (5 s), cuts, drops (10 s) and refuses (5 s) during each job";
  }

  @Override
  public List<Finding> run(Ground ground) {
    LocalCassandra node = ground.node();
    try (FaultyNetwork network = FaultyNetwork.to(node.contactPoints().get(0))) {
      CassandraConnection connection =
          CassandraConnection.to(network.contactPoint()).withLocalDatacenter(node.datacenter());
      return new ThreeDoors(this, ground, node, connection, new EvenRows(ground.rows()))
          .under((running, kind, rows) -> strike(network, running, rows));
    }
  }

  private static void strike(FaultyNetwork network, Running running, long rows) {
    running.awaitPassed(rows / 5);
    running.say("the network is slow");
    network.delay(DELAY);
    running.awaitTime(SLOW);
    network.heal();
    running.awaitPassed(rows * 2 / 5);
    running.say("the network is cut");
    network.cut();
    running.awaitPassed(rows * 3 / 5);
    running.say("the network drops everything");
    network.drop();
    running.awaitTime(SILENT);
    network.heal();
    running.awaitPassed(rows * 4 / 5);
    running.say("the network refuses connections");
    network.refuse();
    running.awaitTime(REFUSED);
    network.heal();
  }
}
