package org.pharos.transforms.tallies;

import java.util.HashMap;
import java.util.Map;

/** Keys, each with the same number of counts. Not safe for use by several threads. */
public final class Tallies {
  private final int width;
  private final Map<String, long[]> counts = new HashMap<>();

  Tallies(int width) {
    this.width = width;
  }

  /** Adds an amount to one of the counts of a key, the first of which is number 0. */
  public void add(String key, int count, long amount) {
    counts.computeIfAbsent(key, k -> new long[width])[count] += amount;
  }

  /** Adds to all counts of a key. */
  void add(String key, long[] amounts) {
    long[] known = counts.computeIfAbsent(key, k -> new long[width]);
    for (int count = 0; count < width; count++) {
      known[count] += amounts[count];
    }
  }

  int width() {
    return width;
  }

  int keys() {
    return counts.size();
  }

  Map<String, long[]> byKey() {
    return counts;
  }
}
