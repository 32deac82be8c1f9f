package org.pharos.transforms.cassandra;

import java.io.Serializable;

/**
 * A row that was emitted: its time, and 16 bytes that stand for its whole primary key. Ordered by
 * time.
 */
record SeenKey(long time, long high, long low) implements Comparable<SeenKey>, Serializable {

  @Override
  public int compareTo(SeenKey other) {
    int order = Long.compare(time, other.time);
    order = order == 0 ? Long.compare(high, other.high) : order;
    return order == 0 ? Long.compare(low, other.low) : order;
  }
}
