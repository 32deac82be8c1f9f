package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of several partitions in a span of time, oldest first over all of them: so whoever takes
 * a row knows that all earlier ones that were there have been taken.
 */
final class FollowPoll {

  private record Next(FollowLane lane, FollowLane.Followed row) {}

  private final long to;
  private final long started;
  private final List<FollowLane> waiting;
  private final PriorityQueue<Next> ready =
      new PriorityQueue<>(Comparator.comparingLong(next -> next.row().time()));

  /**
   * @param to where the span ends
   * @param started when the poll began
   */
  FollowPoll(List<FollowLane> lanes, long to, long started) {
    this.waiting = new ArrayList<>(lanes);
    this.to = to;
    this.started = started;
  }

  /** The next row, null if there is none or it is not known yet which one that is. */
  FollowLane.@Nullable Followed next() {
    if (!waiting.isEmpty()) {
      boolean ignored = waiting.removeIf(this::isSettled);
      if (!waiting.isEmpty()) {
        return null;
      }
    }
    Next next = ready.poll();
    if (next == null) {
      return null;
    }
    next.lane().pass();
    if (!isSettled(next.lane())) {
      waiting.add(next.lane());
    }
    return next.row();
  }

  private boolean isSettled(FollowLane lane) {
    lane.step();
    FollowLane.Followed head = lane.head();
    if (head == null) {
      return lane.isDone();
    }
    ready.add(new Next(lane, head));
    return true;
  }

  /** Whether all rows were taken. */
  boolean isDone() {
    return waiting.isEmpty() && ready.isEmpty();
  }

  long to() {
    return to;
  }

  long started() {
    return started;
  }
}
