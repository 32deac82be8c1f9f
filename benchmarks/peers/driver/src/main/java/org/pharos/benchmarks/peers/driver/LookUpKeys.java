package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.atomic.LongAdder;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Task;

/** One request a key, 256 in flight. */
final class LookUpKeys {
  private static final int IN_FLIGHT = 256;

  private final CqlSession session;
  private final Task task;
  private final DriverValues values;
  private final LongAdder rows = new LongAdder();
  private final LongAdder digest = new LongAdder();

  LookUpKeys(CqlSession session, Task task) {
    this.session = session;
    this.task = task;
    this.values = new DriverValues(task.shape());
  }

  void run() throws InterruptedException {
    PreparedStatement select =
        session.prepare(
            "SELECT %s FROM %s WHERE entity_id = ?"
                .formatted(task.shape().columnList(), task.shape().qualifiedTable()));
    InFlight inFlight = new InFlight(IN_FLIGHT);
    Data data = task.data();
    Meter.first();
    for (long i = 0; i < task.keys(); i++) {
      inFlight.await();
      inFlight.add(session.executeAsync(select.bind(data.key(i))).thenAccept(this::take));
    }
    inFlight.drain();
    Meter.seen(rows.sum(), digest.sum());
  }

  private void take(AsyncResultSet found) {
    long sum = 0;
    int count = 0;
    for (Row row : found.currentPage()) {
      sum += values.digest(row);
      count++;
    }
    rows.add(count);
    digest.add(sum);
  }
}
