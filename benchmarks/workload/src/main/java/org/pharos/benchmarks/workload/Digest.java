package org.pharos.benchmarks.workload;

import java.util.Arrays;

/**
 * A number for a row that is the same whatever a peer's types are, and cheap: the sum over rows
 * tells whether all came, and as they were. Values are as {@link Kind} says, added in the order of
 * the shape's columns.
 */
public final class Digest {
  private Digest() {}

  /** Of a whole row. */
  public static long of(Object[] row) {
    long digest = 0;
    for (Object value : row) {
      digest = add(digest, value);
    }
    return end(digest);
  }

  /** What was added so far, and one more value. */
  public static long add(long digest, Object value) {
    long hash;
    if (value instanceof Long number) {
      hash = number;
    } else if (value instanceof Double number) {
      hash = Double.doubleToLongBits(number);
    } else if (value instanceof float[] vector) {
      hash = Arrays.hashCode(vector);
    } else {
      hash = value.hashCode();
    }
    return digest * 31 + hash;
  }

  /** The digest of a row from all that was added. */
  public static long end(long digest) {
    return Mix.mix(digest);
  }
}
