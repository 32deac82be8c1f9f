package org.pharos.benchmarks.workload;

import org.jspecify.annotations.Nullable;

/**
 * The spine of a point-in-time join: one row for each partition of narrow rows, an entity, at a
 * time somewhere between before its first row and after its last. A row of the table is known
 * {@value #KNOWN_AFTER_MILLIS} ms after its time; a spine row is joined with the newest row that is
 * known at its time, if any.
 */
public final class Spine {
  /** How long after its time a row is known. */
  public static final long KNOWN_AFTER_MILLIS = 500;

  private static final long SPAN_MILLIS = (Data.ROWS_A_PARTITION + 1) * 1000L;

  private Spine() {}

  /** The time of an entity's spine row. */
  public static long at(long entity) {
    return Data.FIRST_MILLIS - 1000 + Math.floorMod(Mix.mix(~entity), SPAN_MILLIS);
  }

  /**
   * Of a joined row.
   *
   * @param found time, f1, f2 and f3 of the table's row; null when none was known
   */
  public static long digest(long entity, long at, Object @Nullable [] found) {
    return found == null
        ? Digest.of(new Object[] {entity, at})
        : Digest.of(new Object[] {entity, at, found[0], found[1], found[2], found[3]});
  }
}
