package org.pharos.drills.rows;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of some numbered rows were seen, how many were seen again, and how many were not as they
 * must be. A row that is wrong does not count as seen.
 */
public final class RowTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BitSet seen = new BitSet();
  private long doubled;
  private long wrong;

  /**
   * Takes a row by its values, in the order of the table's columns; bytes are arrays or buffers.
   */
  public void add(NumberedRows rows, List<Object> values) {
    long number = values.get(1) instanceof Long given ? given : -1;
    if (number < 0 || number >= rows.count() || !same(rows.values(number), values)) {
      wrong++;
    } else {
      add(number);
    }
  }

  /** Takes a row that is known to be right. */
  public void add(long number) {
    int bit = Math.toIntExact(number);
    if (seen.get(bit)) {
      doubled++;
    }
    seen.set(bit);
  }

  /** Takes a row that is not as it must be. */
  public void addWrong() {
    wrong++;
  }

  /** Takes what another has seen. */
  public void addAll(RowTally other) {
    BitSet both = (BitSet) seen.clone();
    both.and(other.seen);
    doubled += other.doubled + both.cardinality();
    wrong += other.wrong;
    seen.or(other.seen);
  }

  /** How many different rows were seen. */
  public long found() {
    return seen.cardinality();
  }

  /** How often a row was seen that had been seen before. */
  public long doubled() {
    return doubled;
  }

  /** How many rows were none of ours, or not as they must be. */
  public long wrong() {
    return wrong;
  }

  /** Whether a row was seen. */
  public boolean has(long number) {
    return seen.get(Math.toIntExact(number));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowTally tally
        && tally.seen.equals(seen)
        && tally.doubled == doubled
        && tally.wrong == wrong;
  }

  @Override
  public int hashCode() {
    return Objects.hash(seen, doubled, wrong);
  }

  private static boolean same(List<Object> expected, List<Object> found) {
    if (expected.size() != found.size()) {
      return false;
    }
    for (int i = 0; i < expected.size(); i++) {
      if (!comparable(expected.get(i)).equals(comparable(found.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static Object comparable(Object value) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }
}
