package org.pharos.benchmarks.workload;

/**
 * The numbers below a size in an order that looks random, each exactly once, without keeping any: a
 * Feistel network on the next even power of two that is walked until it is below the size.
 */
final class Shuffle {
  private static final int ROUNDS = 4;

  private final long size;
  private final int half;
  private final long mask;

  Shuffle(long size) {
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(1, size - 1));
    this.half = (bits + 1) / 2;
    this.mask = (1L << half) - 1;
  }

  /** The number at this place of the order. */
  long at(long place) {
    long number = place;
    do {
      long left = number >>> half;
      long right = number & mask;
      for (int round = 0; round < ROUNDS; round++) {
        long next = left ^ (Mix.mix(right + ((long) round << 56)) & mask);
        left = right;
        right = next;
      }
      number = left << half | right;
    } while (number >= size);
    return number;
  }
}
