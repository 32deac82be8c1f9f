package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.pharos.benchmarks.workload.Peer;
import org.pharos.benchmarks.workload.Task;

/** Hands a task to the code for its job. */
public final class DriverPeer {
  private DriverPeer() {}

  /** See {@link Peer#main}. */
  public static void main(String[] arguments) {
    Peer.main(DriverPeer::run, arguments);
  }

  private static void run(Task task) throws Exception {
    try (CqlSession session = connect(task)) {
      switch (task.job()) {
        case WRITE -> new WriteRows(session, task).run();
        case SCAN -> new ScanTable(session, task).run();
        case LOOKUP -> new LookUpKeys(session, task).run();
        case COUNT -> new CountRows(session, task).run();
        case SERVE_VIEWS, SERVE_ENTITIES -> new ServeFeatures(session, task).run();
        case FEATURES, JOIN -> throw new IllegalArgumentException("a driver computes no features");
      }
    }
  }

  private static CqlSession connect(Task task) {
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(task.host(), task.port()))
        .withLocalDatacenter(task.datacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(60))
                .withString(
                    DefaultDriverOption.REQUEST_CONSISTENCY,
                    DefaultConsistencyLevel.LOCAL_QUORUM.name())
                .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                // A connection is one thread's, and decoding happens on it.
                .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, Task.PARALLELISM)
                .build())
        .build();
  }
}
