package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets one conditional write a partition run at a time: several at once would fight over it on the
 * servers until they time out, each with an unknown outcome.
 */
final class PartitionTurns {
  private static final int MOST_WAITING = 4_096;

  private final Map<ByteBuffer, Deque<PendingRow>> waiting = new HashMap<>();
  private int rows;

  /** Whether the row may go now; else it is kept until those before it have left. */
  boolean enter(PendingRow row) {
    Deque<PendingRow> before = waiting.putIfAbsent(row.partition(), new ArrayDeque<>());
    if (before == null) {
      return true;
    }
    before.add(row);
    rows++;
    return false;
  }

  /** The row has ended; returns the one whose turn it is then, if any. */
  @Nullable PendingRow leave(PendingRow row) {
    Deque<PendingRow> behind = waiting.get(row.partition());
    PendingRow next = behind == null ? null : behind.poll();
    if (next == null) {
      waiting.remove(row.partition());
    } else {
      rows--;
    }
    return next;
  }

  boolean crowded() {
    return rows >= MOST_WAITING;
  }

  void clear() {
    waiting.clear();
    rows = 0;
  }
}
