package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found for the keys that were asked for last, in a bounded number of rows and for a
 * bounded time. That nothing was found is remembered too.
 */
final class RecentRows {

  private static final int PAUSE = 16;

  private record Found(WireRows rows, long nanos) {
    int weight() {
      return Math.max(1, rows.rows());
    }
  }

  private final Map<List<ByteBuffer>, Found> byKey = new LinkedHashMap<>(16, 0.75f, true);
  private final int mostRows;
  private final long timeToLive;
  private final long patience;
  private int rows;
  private long keysSinceHit;

  private RecentRows(int mostRows, long timeToLive, long patience) {
    this.mostRows = mostRows;
    this.timeToLive = timeToLive;
    this.patience = patience;
  }

  /** Remembers whatever comes. */
  static RecentRows cache(int mostRows, Duration timeToLive) {
    return new RecentRows(mostRows, timeToLive.toNanos(), Long.MAX_VALUE);
  }

  /**
   * Remembers while that helps: after so many keys of which none came again it tries only one
   * {@value #PAUSE}th of the time, since to remember costs as much as a tenth of the client's part
   * of a look-up.
   */
  static RecentRows whileUseful(int mostRows, long patience) {
    return new RecentRows(mostRows, Long.MAX_VALUE, patience);
  }

  /** The rows of a key, empty if there are none; null if that is not remembered. */
  @Nullable WireRows get(List<ByteBuffer> key, long now) {
    if (byKey.isEmpty()) {
      return null;
    }
    Found found = byKey.get(key);
    if (found == null) {
      return null;
    }
    if (now - found.nanos() > timeToLive) {
      remove(key);
      return null;
    }
    keysSinceHit = 0;
    return found.rows();
  }

  void put(List<ByteBuffer> key, WireRows found, long now) {
    if (keysSinceHit++ / patience % PAUSE != 0) {
      forget();
      return;
    }
    Found entry = new Found(found, now);
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
    forget();
    keysSinceHit = 0;
  }

  private void forget() {
    if (rows > 0) {
      byKey.clear();
      rows = 0;
    }
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
