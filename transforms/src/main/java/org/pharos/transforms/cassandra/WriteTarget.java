package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** One table on a worker: its statements, prepared, and the rows that wait to share requests. */
final class WriteTarget {
  private final WritePlan plan;
  private final CqlIdentifier keyspace;
  private final @Nullable StatementBinder row;
  private final @Nullable StatementBinder staticPart;
  private final @Nullable ConditionalWrites conditional;
  private final OpenBatches batches = new OpenBatches();
  private final ReplicaBatches shared;
  private final PartitionTurns turns = new PartitionTurns();

  WriteTarget(WritePlan plan, WriteSettings settings, CqlSession session) {
    this.plan = plan;
    this.keyspace = CqlIdentifier.fromInternal(plan.table().keyspace());
    this.row = binder(plan.row(), settings, session);
    this.staticPart = binder(plan.staticPart(), settings, session);
    this.conditional =
        settings.conditional() && plan.row() != null
            ? new ConditionalWrites(plan, plan.row(), settings, session)
            : null;
    this.shared = new ReplicaBatches(replicas(session));
  }

  /** What cannot be repeated shares no request: an answer that is lost would cost them all. */
  private Function<ByteBuffer, @Nullable Object> replicas(CqlSession session) {
    return plan.repeatable()
        ? partition ->
            session
                .getMetadata()
                .getTokenMap()
                .map(ring -> ring.getReplicas(keyspace, partition))
                .filter(nodes -> !nodes.isEmpty())
                .orElse(null)
        : partition -> null;
  }

  private @Nullable StatementBinder binder(
      @Nullable WriteStatement statement, WriteSettings settings, CqlSession session) {
    return statement == null ? null : StatementBinder.prepare(statement, plan, settings, session);
  }

  WritePlan plan() {
    return plan;
  }

  CqlIdentifier keyspace() {
    return keyspace;
  }

  String name() {
    return plan.table().qualifiedName();
  }

  /**
   * The row as a statement, its timestamp fixed; null if it has expired already.
   *
   * @throws RejectedRow if the row can never be written
   */
  @Nullable PendingRow bind(Row input, Instant timestamp, BoundedWindow window, PaneInfo pane) {
    StatementBinder binder = binderOf(input);
    long micros = plan.timing().micros(input, timestamp, pane);
    int ttl = plan.timing().timeToLive(input);
    return ttl == RowTiming.EXPIRED
        ? null
        : binder.bind(input, timestamp, window, pane, micros, ttl);
  }

  private StatementBinder binderOf(Row input) {
    StatementBinder binder = plan.takesStaticPart(input) ? staticPart : row;
    if (binder == null) {
      throw new IllegalStateException("no statement for whole rows was planned");
    }
    return binder;
  }

  /** Takes a row that is to be written, and gives out the requests that must be sent now. */
  void add(PendingRow pending, Consumer<WriteRequest> out) {
    if (conditional != null) {
      if (turns.enter(pending)) {
        out.accept(WriteRequest.write(this, List.of(pending)));
      }
    } else {
      batches.add(pending, batch -> shared.add(batch, rows -> send(rows, out)));
    }
  }

  /** Whether too many rows wait for others of their partition. */
  boolean crowded() {
    return turns.crowded();
  }

  void flush(Consumer<WriteRequest> out) {
    batches.flush(batch -> shared.add(batch, rows -> send(rows, out)));
    shared.flush(rows -> send(rows, out));
  }

  private void send(List<PendingRow> rows, Consumer<WriteRequest> out) {
    out.accept(WriteRequest.write(this, rows));
  }

  /** Forgets what was not sent: the bundle failed. */
  void clear() {
    batches.clear();
    shared.clear();
    turns.clear();
  }

  /** A request was answered: tells what became of its rows, and returns what must follow. */
  @Nullable WriteRequest answered(WriteRequest request, AsyncResultSet result, RowResults results) {
    if (conditional == null) {
      results.written(request.rows, request.bytes);
      return null;
    }
    PendingRow pending = request.rows.get(0);
    if (!request.looks) {
      boolean applied = result.wasApplied();
      results.decided(pending, applied, applied ? null : conditional.current(pending, result));
      return ended(pending);
    }
    com.datastax.oss.driver.api.core.cql.Row seen = result.one();
    switch (conditional.judge(pending, seen)) {
      case APPLIED -> results.decided(pending, true, null);
      case UNKNOWN -> results.unknown(pending, true, conditional.seen(pending, seen));
      case NOT_EXECUTED -> {
        WriteRequest again = WriteRequest.write(this, List.of(pending));
        again.attempts = request.writeAttempts;
        return again;
      }
    }
    return ended(pending);
  }

  /** The answer was lost: tells so, or returns the request that looks what became of it. */
  @Nullable WriteRequest lost(WriteRequest request, RowResults results) {
    if (conditional == null) {
      request.rows.forEach(lost -> results.unknown(lost, false, null));
      return null;
    }
    PendingRow pending = request.rows.get(0);
    if (request.looks) {
      results.unknown(pending, true, null);
      return ended(pending);
    }
    WriteRequest look = WriteRequest.look(this, pending, conditional.lookAt(pending));
    look.writeAttempts = request.attempts;
    return look;
  }

  /** What became of the row is known; returns the request of the row that waited for it, if any. */
  @Nullable WriteRequest ended(PendingRow pending) {
    PendingRow next = conditional == null ? null : turns.leave(pending);
    return next == null ? null : WriteRequest.write(this, List.of(next));
  }

  /** The failure of the whole bundle. */
  CassandraFailure failure(FailureClass failure, Throwable cause) {
    String advice =
        switch (failure) {
          case NO_NODE ->
              "No node could be asked. Check that the cluster is up and that the contact points and"
                  + " the local datacenter are right.";
          case OVERLOADED ->
              "The cluster was overloaded through "
                  + AsyncWriter.BACKOFF.attempts()
                  + " attempts. Lower withMaxInFlight or the parallelism, or add nodes.";
          case TRANSIENT ->
              "It failed in "
                  + AsyncWriter.BACKOFF.attempts()
                  + " attempts. Check that enough replicas are up for the consistency of the"
                  + " write.";
          default ->
              "Check that the keyspace and the table are there with these columns (Tables.verify"
                  + " compares them), and that the user may write.";
        };
    return CassandraFailure.of("writing", name(), advice, cause);
  }
}
