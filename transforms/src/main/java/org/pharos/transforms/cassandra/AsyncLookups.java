package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys up, many at a time: as soon as one is answered the next is asked. Used by one thread;
 * answers arrive on the driver's threads and wait until that thread takes them.
 *
 * <p>Who asks for a key that is on its way, or was answered a moment ago, waits for or gets the
 * same answer. Rows are handed over page by page, so a large partition is never held as a whole.
 *
 * @param <W> who waits for an answer
 */
final class AsyncLookups<W> {

  static final int PAGE_ROWS = 500;

  /** Told about answers, on the thread that uses the lookups. */
  interface Answers<W> {
    /** Some rows of the key; more may follow. */
    void found(W waiting, WireRows rows);

    /** The key has no rows. */
    void missing(W waiting);

    /** The cluster will never take this key. */
    void refused(W waiting, Throwable cause);
  }

  private static final class Lookup<W> {
    final List<ByteBuffer> key;
    final BoundStatement statement;
    final List<W> waiting = new ArrayList<>(1);
    @Nullable ByteBuffer pagingState;
    int pageRows = PAGE_ROWS;
    int failures;
    boolean anyRows;
    long sentNanos;
    long dueNanos;

    Lookup(List<ByteBuffer> key, BoundStatement statement) {
      this.key = key;
      this.statement = statement;
    }
  }

  private record Answer<W>(
      Lookup<W> lookup, @Nullable AsyncResultSet page, @Nullable Throwable failure, long nanos) {}

  private final Requests requests;
  private final Function<List<ByteBuffer>, BoundStatement> query;
  private final int columns;
  private final InFlightLimit limit;
  private final int maxInFlight;
  private final int maxWaiting;
  private final RecentRows recent;
  private final ReadRetry retry;
  private final ReadMetrics metrics;
  private final Answers<W> answers;

  private final Arrivals<Answer<W>> arrived = new Arrivals<>();
  private final Map<List<ByteBuffer>, Lookup<W>> joinable = new HashMap<>();
  private final PriorityQueue<Lookup<W>> delayed =
      new PriorityQueue<>(Comparator.comparingLong(lookup -> lookup.dueNanos));
  private int inFlight;
  private int waitingCount;

  AsyncLookups(
      Requests requests,
      Function<List<ByteBuffer>, BoundStatement> query,
      int columns,
      InFlightLimit limit,
      int maxInFlight,
      RecentRows recent,
      ReadRetry retry,
      ReadMetrics metrics,
      Answers<W> answers) {
    this.requests = requests;
    this.query = query;
    this.columns = columns;
    this.limit = limit;
    this.maxInFlight = maxInFlight;
    this.maxWaiting = Math.max(1024, 8 * maxInFlight);
    this.recent = recent;
    this.retry = retry;
    this.metrics = metrics;
    this.answers = answers;
  }

  /** Asks for a key; waits only while too many are in flight. */
  void ask(List<ByteBuffer> key, W waiting) {
    takeArrived();
    // While this waits, answers are taken: what is known of the key is only looked at afterwards.
    while (waitingCount >= maxWaiting) {
      takeNext();
    }
    if (join(key, waiting)) {
      return;
    }
    while (inFlight >= maxInFlight || !limit.tryAcquire(inFlight == 0)) {
      takeNext();
    }
    if (join(key, waiting)) {
      limit.release();
      return;
    }
    Lookup<W> lookup = new Lookup<>(key, query.apply(key));
    lookup.waiting.add(waiting);
    waitingCount++;
    inFlight++;
    joinable.put(key, lookup);
    sendPermitted(lookup);
  }

  private boolean join(List<ByteBuffer> key, W waiting) {
    WireRows known = recent.get(key, System.nanoTime());
    if (known != null) {
      if (known.isEmpty()) {
        answers.missing(waiting);
      } else {
        answers.found(waiting, known);
      }
      return true;
    }
    Lookup<W> same = joinable.get(key);
    if (same == null) {
      return false;
    }
    same.waiting.add(waiting);
    waitingCount++;
    return true;
  }

  /** Waits until every key was answered. */
  void drain() {
    while (inFlight > 0) {
      takeNext();
    }
  }

  private void takeArrived() {
    resendDue();
    Answer<W> next;
    while ((next = arrived.poll()) != null) {
      take(next);
    }
  }

  /** Waits a moment for answers, and takes them. */
  private void takeNext() {
    resendDue();
    long before = System.nanoTime();
    long most =
        delayed.isEmpty() ? Long.MAX_VALUE : Math.max(0, delayed.element().dueNanos - before);
    try {
      arrived.await(inFlight, most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw retry.interrupted(e);
    }
    if (limit.reduced() || !delayed.isEmpty()) {
      metrics.throttled(System.nanoTime() - before);
    }
    takeArrived();
  }

  private void resendDue() {
    while (!delayed.isEmpty() && delayed.element().dueNanos - System.nanoTime() <= 0) {
      send(delayed.remove());
    }
  }

  /** Who is being looked up goes on, however low the limit has become. */
  private void send(Lookup<W> lookup) {
    boolean ignored = limit.tryAcquire(true);
    sendPermitted(lookup);
  }

  private void sendPermitted(Lookup<W> lookup) {
    lookup.sentNanos = System.nanoTime();
    BoundStatement statement = lookup.statement;
    // Each setter copies the statement, and most look-ups need neither.
    if (lookup.pageRows != PAGE_ROWS) {
      statement = statement.setPageSize(lookup.pageRows);
    }
    if (lookup.pagingState != null) {
      statement = statement.setPagingState(lookup.pagingState);
    }
    requests
        .send(statement)
        .whenComplete(
            (page, failure) -> {
              limit.release();
              arrived.add(
                  new Answer<>(lookup, page, failure, System.nanoTime() - lookup.sentNanos));
            });
  }

  private void take(Answer<W> answer) {
    if (answer.page() == null) {
      failed(
          answer.lookup(),
          answer.failure() == null ? new IllegalStateException("no answer") : answer.failure());
      return;
    }
    answered(answer.lookup(), answer.page(), answer.nanos());
  }

  private void answered(Lookup<W> lookup, AsyncResultSet page, long nanos) {
    int bytes = page.getExecutionInfo().getResponseSizeInBytes();
    limit.answered(nanos);
    metrics.answered(page.remaining(), Math.max(0, bytes), nanos);
    List<Row> sent = new ArrayList<>(page.remaining());
    page.currentPage().forEach(sent::add);
    WireRows rows = new WireRows(sent, columns);
    boolean first = lookup.pagingState == null;
    ByteBuffer next = page.getExecutionInfo().getPagingState();
    if (first) {
      // From here on a newcomer would miss rows.
      joinable.remove(lookup.key, lookup);
    }
    if (first && next == null) {
      recent.put(lookup.key, rows, System.nanoTime());
    }
    lookup.anyRows |= !rows.isEmpty();
    if (!rows.isEmpty()) {
      lookup.waiting.forEach(waiting -> answers.found(waiting, rows));
    }
    if (next == null) {
      if (!lookup.anyRows) {
        lookup.waiting.forEach(answers::missing);
      }
      finished(lookup);
      return;
    }
    lookup.pagingState = next;
    lookup.failures = 0;
    send(lookup);
  }

  private void failed(Lookup<W> lookup, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (FailureClass.of(cause, true) == FailureClass.PERMANENT) {
      lookup.waiting.forEach(waiting -> answers.refused(waiting, cause));
      finished(lookup);
      return;
    }
    lookup.failures++;
    limit.pushedBack(System.nanoTime());
    lookup.dueNanos = System.nanoTime() + retry.delayOrGiveUp(cause, lookup.failures).toNanos();
    if (ReadRetry.isAboutSize(cause)) {
      lookup.pageRows = Math.max(1, lookup.pageRows / 2);
    }
    delayed.add(lookup);
  }

  private void finished(Lookup<W> lookup) {
    joinable.remove(lookup.key, lookup);
    inFlight--;
    waitingCount -= lookup.waiting.size();
  }
}
