package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.pharos.benchmarks.workload.Meter;
import org.pharos.benchmarks.workload.Task;

/** Reads range by range, 4 ranges in flight, the next page under way while one is looked at. */
final class ScanTable {
  private static final int IN_FLIGHT = 4;

  private final CqlSession session;
  private final Task task;
  private final DriverValues values;

  ScanTable(CqlSession session, Task task) {
    this.session = session;
    this.task = task;
    this.values = new DriverValues(task.shape());
  }

  void run() throws InterruptedException {
    InFlight inFlight = new InFlight(IN_FLIGHT);
    for (BoundStatement query : Ranges.bind(session, task.shape().columnList(), task.shape())) {
      inFlight.await();
      inFlight.add(session.executeAsync(query).thenCompose(this::take));
    }
    inFlight.drain();
  }

  private CompletionStage<?> take(AsyncResultSet page) {
    Meter.first();
    CompletionStage<AsyncResultSet> next =
        page.hasMorePages() ? page.fetchNextPage() : CompletableFuture.completedStage(page);
    long digest = 0;
    long rows = 0;
    for (Row row : page.currentPage()) {
      digest += values.digest(row);
      rows++;
    }
    Meter.seen(rows, digest);
    return page.hasMorePages() ? next.thenCompose(this::take) : next;
  }
}
