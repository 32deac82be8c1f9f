package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Task;

/** The server counts range by range, 4 ranges in flight. */
final class CountRows {
  private static final int IN_FLIGHT = 4;

  private final CqlSession session;
  private final Task task;

  CountRows(CqlSession session, Task task) {
    this.session = session;
    this.task = task;
  }

  void run() throws InterruptedException {
    InFlight inFlight = new InFlight(IN_FLIGHT);
    Meter.first();
    for (BoundStatement query : Ranges.bind(session, "count(*)", task.shape())) {
      inFlight.await();
      inFlight.add(
          session
              .executeAsync(query)
              .thenAccept(
                  counted -> {
                    Row row = counted.one();
                    Meter.seen(row == null ? 0 : row.getLong(0), 0);
                  }));
    }
    inFlight.drain();
  }
}
