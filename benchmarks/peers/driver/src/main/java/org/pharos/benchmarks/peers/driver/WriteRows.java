package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.pharos.benchmarks.workload.Data;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Task;

/** Neighbouring rows of one partition in unlogged batches, others alone; 256 requests in flight. */
final class WriteRows {
  private static final int IN_FLIGHT = 256;
  private static final int MOST_BYTES = 32 << 10;

  private final CqlSession session;
  private final Task task;
  private final InFlight inFlight = new InFlight(IN_FLIGHT);
  private final List<BatchableStatement<?>> neighbours = new ArrayList<>();

  WriteRows(CqlSession session, Task task) {
    this.session = session;
    this.task = task;
  }

  void run() throws InterruptedException {
    PreparedStatement insert = session.prepare(task.shape().insertStatement());
    DriverValues values = new DriverValues(task.shape());
    Data data = task.data();
    Meter.first();
    long partition = -1;
    int bytes = 0;
    for (long i = 0; i < task.rows(); i++) {
      Object[] row = values.toBind(data.row(i));
      long key = (Long) row[0];
      if (key != partition || bytes > MOST_BYTES) {
        send();
        partition = key;
        bytes = 0;
      }
      bytes += task.shape().rowBytes();
      neighbours.add(insert.bind(row));
    }
    send();
    inFlight.drain();
    Meter.seen(task.rows(), 0);
  }

  private void send() throws InterruptedException {
    if (neighbours.isEmpty()) {
      return;
    }
    inFlight.await();
    if (neighbours.size() == 1) {
      inFlight.add(session.executeAsync(neighbours.get(0)));
    } else {
      inFlight.add(
          session.executeAsync(BatchStatement.newInstance(DefaultBatchType.UNLOGGED, neighbours)));
    }
    neighbours.clear();
  }
}
