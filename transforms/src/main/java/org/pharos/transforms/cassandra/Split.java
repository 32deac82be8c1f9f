package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;

/** A part of a table that one worker reads from its beginning to its end. */
sealed interface Split extends Serializable {

  /**
   * The partitions of these tokens.
   *
   * @param spans in the order of tokens, no two of them contiguous
   * @param replica a node that holds all of it, or ""
   * @param bytes how many it is thought to hold
   */
  record Ranges(List<TokenSpan> spans, String replica, double bytes) implements Split {
    public Ranges {
      spans = List.copyOf(spans);
    }
  }

  /**
   * The partition with one of the keys that the filters name.
   *
   * @param number which one, from 0, counted like the digits of a number: the last column's values
   *     change fastest
   */
  record Partition(int number) implements Split {}
}
