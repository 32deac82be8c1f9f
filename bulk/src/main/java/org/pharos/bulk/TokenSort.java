package org.pharos.bulk;

/** Sorts rows by token, without an object a row: by digits of 16 bits, from the lowest. */
final class TokenSort {
  private static final int BITS = 16;
  private static final int DIGITS = 1 << BITS;
  private static final int FEW = 64;

  private TokenSort() {}

  /** Sorts the first rows of both arrays by token; rows of one token keep their order. */
  static void sort(long[] tokens, int[] offsets, int rows) {
    if (rows <= FEW) {
      insert(tokens, offsets, rows);
      return;
    }
    long[] fromTokens = tokens;
    int[] fromOffsets = offsets;
    long[] toTokens = new long[rows];
    int[] toOffsets = new int[rows];
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      int[] places = places(fromTokens, rows, shift);
      for (int i = 0; i < rows; i++) {
        int place = places[digit(fromTokens[i], shift)]++;
        toTokens[place] = fromTokens[i];
        toOffsets[place] = fromOffsets[i];
      }
      // An even number of rounds ends in the arrays that were given.
      long[] spareTokens = fromTokens;
      int[] spareOffsets = fromOffsets;
      fromTokens = toTokens;
      fromOffsets = toOffsets;
      toTokens = spareTokens;
      toOffsets = spareOffsets;
    }
  }

  private static int[] places(long[] tokens, int rows, int shift) {
    int[] places = new int[DIGITS + 1];
    for (int i = 0; i < rows; i++) {
      places[digit(tokens[i], shift) + 1]++;
    }
    for (int i = 0; i < DIGITS; i++) {
      places[i + 1] += places[i];
    }
    return places;
  }

  private static int digit(long token, int shift) {
    return (int) ((token ^ Long.MIN_VALUE) >>> shift) & (DIGITS - 1);
  }

  private static void insert(long[] tokens, int[] offsets, int rows) {
    for (int i = 1; i < rows; i++) {
      long token = tokens[i];
      int offset = offsets[i];
      int at = i;
      while (at > 0 && tokens[at - 1] > token) {
        tokens[at] = tokens[at - 1];
        offsets[at] = offsets[at - 1];
        at--;
      }
      tokens[at] = token;
      offsets[at] = offset;
    }
  }
}
