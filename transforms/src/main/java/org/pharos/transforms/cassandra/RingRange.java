package org.pharos.transforms.cassandra;

import java.util.List;

/**
 * A part of the ring with the nodes that hold all of it.
 *
 * @param replicas the nodes' names, none if unknown
 * @param bytes how much of the table it is thought to hold
 */
record RingRange(TokenSpan span, List<String> replicas, double bytes) {

  RingRange {
    replicas = List.copyOf(replicas);
    if (!(bytes >= 0) || Double.isInfinite(bytes)) {
      throw new IllegalArgumentException("a range cannot hold " + bytes + " bytes");
    }
  }
}
