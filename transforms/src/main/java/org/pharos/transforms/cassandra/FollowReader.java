package org.pharos.transforms.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Lineage;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Table;

/**
 * Polls its partitions, and emits each row once. Comes back within milliseconds from each call,
 * whatever Cassandra does, so that checkpoints and watermarks of the runner are not held up.
 */
final class FollowReader<T> extends UnboundedSource.UnboundedReader<T> {

  /** Whoever is told that there is nothing comes again at once (Direct) or much later (Flink). */
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(10);

  /** What a reader holds between start and close. */
  private record Open(
      Lease lease,
      FollowStatement statement,
      FollowPages pages,
      RowDecoder decoder,
      KeyHash hash,
      List<Integer> partitions) {}

  private final FollowSource<T> source;
  private final FollowProgress progress;
  private final Counter followed = Metrics.counter(ReadMetrics.NAMESPACE, "rows_followed");
  private final Counter again = Metrics.counter(ReadMetrics.NAMESPACE, "rows_read_again");
  private final Counter polls = Metrics.counter(ReadMetrics.NAMESPACE, "polls");
  private final Gauge seen = Metrics.gauge(ReadMetrics.NAMESPACE, "seen_keys");
  private @Nullable Open open;
  private @Nullable FollowPoll poll;
  private long pollAt = System.nanoTime();
  private boolean finished;
  private @Nullable T current;
  private long currentTime;

  FollowReader(FollowSource<T> source, FollowProgress progress) {
    this.source = source;
    this.progress = progress;
  }

  @Override
  public boolean start() {
    Follow follow = source.follow();
    Lease lease = Sessions.acquire(follow.scan().source());
    try {
      open = open(lease, follow);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    Table table = follow.table();
    Lineage.getSources().add("cassandra", List.of(table.keyspace(), table.name()));
    return advance();
  }

  private Open open(Lease lease, Follow follow) {
    CqlSession session = lease.session();
    Projection projection = source.projection();
    FollowStatement statement = FollowStatement.prepare(session, follow, projection);
    List<Integer> partitions = source.partitions();
    ReadMetrics metrics = new ReadMetrics();
    ReadRetry retry =
        new ReadRetry("following", follow.table().qualifiedName(), ReadRetry.BACKOFF, metrics);
    return new Open(
        lease,
        statement,
        new FollowPages(follow.scan().requests().of(session), retry, metrics, partitions.size()),
        RowDecoder.of(projection.schema(), projection.types()),
        new KeyHash(statement.keyPositions()),
        partitions);
  }

  @Override
  public boolean advance() {
    current = null;
    if (findNew()) {
      return true;
    }
    if (!finished) {
      long untilDue = pollAt - System.nanoTime();
      opened().pages().await(Math.min(PATIENCE, poll == null ? untilDue : PATIENCE));
    }
    return findNew();
  }

  private boolean findNew() {
    while (!finished) {
      FollowPoll running = poll == null ? beginPoll() : poll;
      if (running == null) {
        return false;
      }
      FollowLane.Followed row = running.next();
      if (row != null) {
        if (isNew(row)) {
          return true;
        }
      } else if (running.isDone()) {
        end(running);
      } else {
        return false;
      }
    }
    return false;
  }

  private boolean isNew(FollowLane.Followed row) {
    boolean unseen = progress.isNew(opened().hash().of(row.row(), row.time()));
    progress.reached(row.time());
    checkSeen();
    if (unseen) {
      current = source.convert(opened().decoder().decode(row.row()));
      currentTime = row.time();
      followed.inc();
    } else {
      again.inc();
    }
    return unseen;
  }

  private void checkSeen() {
    Pace pace = source.follow().pace();
    if (progress.seen() > pace.mostSeen()) {
      throw new IllegalStateException(
          "following "
              + source.follow().table().qualifiedName()
              + ": more than "
              + pace.mostSeen()
              + " rows came within the overlap of "
              + pace.overlapMillis()
              + " ms, and a reader remembers no more keys than that. Give it fewer by a shorter"
              + " withOverlap or by more parallelism over more partitions, or let it remember more"
              + " (about 80 bytes each) by withMaxSeenKeys");
    }
  }

  /** The next poll if it is due. */
  private @Nullable FollowPoll beginPoll() {
    if (System.nanoTime() - pollAt < 0) {
      return null;
    }
    Pace pace = source.follow().pace();
    pollAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pace.pollMillis());
    long now = System.currentTimeMillis();
    // A row from the future waits for its time, and a clock that goes back changes nothing.
    long to = Math.max(progress.position(), Math.min(now, pace.until()));
    Open with = opened();
    List<FollowLane> lanes =
        with.partitions().stream()
            .map(
                partition ->
                    new FollowLane(with.statement(), with.pages(), partition, progress.from(), to))
            .toList();
    poll = new FollowPoll(lanes, to, now);
    return poll;
  }

  private void end(FollowPoll ended) {
    progress.reached(ended.to());
    poll = null;
    polls.inc();
    seen.set(progress.seen());
    Pace pace = source.follow().pace();
    // Until then rows may come late.
    finished = ended.to() >= pace.until() && ended.started() >= pace.until() + pace.overlapMillis();
  }

  @Override
  public T getCurrent() {
    T element = current;
    if (element == null) {
      throw new NoSuchElementException();
    }
    return element;
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return Instant.ofEpochMilli(currentTime);
  }

  @Override
  public Instant getWatermark() {
    return finished ? BoundedWindow.TIMESTAMP_MAX_VALUE : Instant.ofEpochMilli(progress.from());
  }

  @Override
  public FollowMark getCheckpointMark() {
    return progress.mark();
  }

  @Override
  public FollowSource<T> getCurrentSource() {
    return source;
  }

  private Open opened() {
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open;
  }

  @Override
  public void close() {
    if (open != null) {
      open.lease().close();
      open = null;
    }
  }
}
