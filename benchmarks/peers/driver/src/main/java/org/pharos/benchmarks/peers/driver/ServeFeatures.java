package org.pharos.benchmarks.peers.driver;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pharos.benchmarks.workload.Serving;
import org.pharos.benchmarks.workload.Task;

/** A request a view and entity, all of a request at once. */
final class ServeFeatures {
  private final Serving serving;
  private final CqlSession session;
  private final Task task;
  private final List<PreparedStatement> selects = new ArrayList<>();

  ServeFeatures(CqlSession session, Task task) {
    this.serving = Serving.of(task.job());
    this.session = session;
    this.task = task;
    for (int view = 0; view < serving.views(); view++) {
      selects.add(
          session.prepare(
              "SELECT as_of, f0, f1, f2 FROM " + Serving.table(view) + " WHERE entity_id = ?"));
    }
  }

  void run() throws Exception {
    serving.measure(task.keys(), this::ask);
  }

  private long ask(List<Long> entities) {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (long entity : entities) {
      for (int view = 0; view < serving.views(); view++) {
        int number = view;
        answers.add(
            session
                .executeAsync(selects.get(view).bind(entity))
                .thenApply(
                    found -> {
                      Row row = found.one();
                      return row == null ? 0 : digest(number, entity, row);
                    })
                .toCompletableFuture());
      }
    }
    return answers.stream().mapToLong(CompletableFuture::join).sum();
  }

  private static long digest(int view, long entity, Row row) {
    return Serving.digest(view, entity, row.getDouble(1), row.getDouble(2), row.getDouble(3));
  }
}
