package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of Murmur3Partitioner in {@code (start, end]}. No partition has the smallest long as
 * its token, so {@link #RING} holds every partition, and a wrap-around range is two spans.
 */
record TokenSpan(long start, long end) implements Serializable, Comparable<TokenSpan> {

  static final TokenSpan RING = new TokenSpan(Long.MIN_VALUE, Long.MAX_VALUE);

  private static final double RING_WIDTH = 0x1p64;

  TokenSpan {
    if (start >= end) {
      throw new IllegalArgumentException("no tokens in (" + start + ", " + end + "]");
    }
  }

  /** The spans of a range of the ring, whose end may lie before its start: all of it if equal. */
  static List<TokenSpan> unwrap(long start, long end) {
    if (start == end) {
      return List.of(RING);
    } else if (start < end) {
      return List.of(new TokenSpan(start, end));
    }
    List<TokenSpan> spans = new ArrayList<>(2);
    if (end > Long.MIN_VALUE) {
      spans.add(new TokenSpan(Long.MIN_VALUE, end));
    }
    if (start < Long.MAX_VALUE) {
      spans.add(new TokenSpan(start, Long.MAX_VALUE));
    }
    return spans;
  }

  /** What is left of this span when others are taken out, in order. */
  List<TokenSpan> without(List<TokenSpan> others) {
    List<TokenSpan> left = new ArrayList<>();
    long from = start;
    for (TokenSpan other : others.stream().sorted().toList()) {
      if (other.end <= from || other.start >= end) {
        continue;
      }
      if (other.start > from) {
        left.add(new TokenSpan(from, other.start));
      }
      from = other.end;
      if (from >= end) {
        return left;
      }
    }
    left.add(new TokenSpan(from, end));
    return left;
  }

  /** How much of the ring this is, 0 to 1. */
  double fraction() {
    return width() / RING_WIDTH;
  }

  /** How many tokens these are, as exactly as a double says. */
  double width() {
    // The difference of two longs as an unsigned one: halved it fits, and the odd one is no matter.
    return ((end >> 1) - (start >> 1)) * 2.0 + ((end & 1) - (start & 1));
  }

  /** Whether the span has more than one token, so that {@link #cutAt} works. */
  boolean canBeCut() {
    return end - start != 1;
  }

  /** The last token of the first part when cut at a share of the width, both parts not empty. */
  long cutAt(double share) {
    if (!canBeCut()) {
      throw new IllegalStateException(this + " is a single token");
    }
    // Offsets reach 2^64: a long holds them unsigned, and adding wraps around to the right token.
    long offset = 2 * (long) (width() * share / 2);
    long most = end - start - 1;
    if (Long.compareUnsigned(offset, most) > 0) {
      offset = most;
    }
    return start + (offset == 0 ? 1 : offset);
  }

  long middle() {
    return start + ((end - start) >>> 1);
  }

  @Override
  public int compareTo(TokenSpan other) {
    int byStart = Long.compare(start, other.start);
    return byStart == 0 ? Long.compare(end, other.end) : byStart;
  }

  @Override
  public String toString() {
    return "(" + start + ", " + end + "]";
  }
}
