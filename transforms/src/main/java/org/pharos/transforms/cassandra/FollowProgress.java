package org.pharos.transforms.cassandra;

import java.util.ArrayList;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How far a reader has followed its partitions, and what it has emitted of the overlap.
 *
 * <p>All rows before the position that were there have been emitted. Each poll reads again from the
 * overlap before the position; what it finds there is new if its key is not remembered. So a row is
 * emitted once, and is missed only if it became visible later than the overlap after its own time.
 * Times are milliseconds since 1970.
 */
final class FollowProgress {

  private final long since;
  private final long overlap;
  private final NavigableSet<SeenKey> seen;
  private long position;

  private FollowProgress(long since, long position, NavigableSet<SeenKey> seen, long overlap) {
    this.since = since;
    this.position = position;
    this.seen = seen;
    this.overlap = overlap;
  }

  static FollowProgress startingAt(long since, long overlap) {
    return new FollowProgress(since, since, new TreeSet<>(), overlap);
  }

  static FollowProgress resuming(FollowMark mark, long overlap) {
    return new FollowProgress(mark.since(), mark.position(), new TreeSet<>(mark.seen()), overlap);
  }

  /** Before which all rows have been emitted that were there. */
  long position() {
    return position;
  }

  /** From when on rows may still be emitted: where a poll begins, and the watermark. */
  long from() {
    return Math.max(since, position - overlap);
  }

  /** Whether this row was not emitted yet; from now on it was. */
  boolean isNew(SeenKey row) {
    return seen.add(row);
  }

  /** All rows before this time that were there have been emitted. */
  void reached(long time) {
    position = Math.max(position, time);
    long from = from();
    while (!seen.isEmpty() && seen.first().time() < from) {
      seen.pollFirst();
    }
  }

  /** How many keys are remembered. */
  int seen() {
    return seen.size();
  }

  FollowMark mark() {
    return new FollowMark(since, position, new ArrayList<>(seen));
  }
}
