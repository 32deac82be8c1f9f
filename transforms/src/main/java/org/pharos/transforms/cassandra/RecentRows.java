package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What was found for the keys that were asked for last, in a bounded number of rows and for a
 * bounded time. That nothing was found is remembered too.
 */
final class RecentRows {

  private record Found(List<Row> rows, long nanos) {
    int weight() {
      return Math.max(1, rows.size());
    }
  }

  private final Map<List<ByteBuffer>, Found> byKey = new LinkedHashMap<>(16, 0.75f, true);
  private final int mostRows;
  private final long timeToLive;
  private int rows;

  RecentRows(int mostRows, Duration timeToLive) {
    this.mostRows = mostRows;
    this.timeToLive = timeToLive.toNanos();
  }

  /** The rows of a key, empty if there are none; null if that is not remembered. */
  @Nullable List<Row> get(List<ByteBuffer> key, long now) {
    Found found = byKey.get(key);
    if (found == null) {
      return null;
    }
    if (now - found.nanos() > timeToLive) {
      remove(key);
      return null;
    }
    return found.rows();
  }

  void put(List<ByteBuffer> key, List<Row> found, long now) {
    Found entry = new Found(List.copyOf(found), now);
    // One partition must not push out all the others.
    if (entry.weight() > Math.max(1, mostRows / 8)) {
      return;
    }
    remove(key);
    byKey.put(key, entry);
    rows += entry.weight();
    while (rows > mostRows) {
      remove(byKey.keySet().iterator().next());
    }
  }

  void clear() {
    byKey.clear();
    rows = 0;
  }

  int rows() {
    return rows;
  }

  private void remove(List<ByteBuffer> key) {
    Found removed = byKey.remove(key);
    if (removed != null) {
      rows -= removed.weight();
    }
  }
}
