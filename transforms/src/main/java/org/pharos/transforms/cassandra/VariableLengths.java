package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;

/**
 * Cassandra's numbers of 1 to 9 bytes: as many leading ones in the first byte as bytes follow.
 * Signed ones are folded first (0, -1, 1, -2, ...), so that small ones stay short.
 */
final class VariableLengths {

  private VariableLengths() {}

  static int size(long unsigned) {
    int zeros = Long.numberOfLeadingZeros(unsigned | 1);
    return zeros == 0 ? 9 : 9 - (zeros - 1) / 7;
  }

  static void writeUnsigned(long value, ByteBuffer out) {
    int more = size(value) - 1;
    if (more == 8) {
      out.put((byte) 0xFF).putLong(value);
      return;
    }
    int mark = ~(0xFF >> more) & 0xFF;
    out.put((byte) (mark | (int) (value >>> (8 * more))));
    for (int i = more - 1; i >= 0; i--) {
      out.put((byte) (value >>> (8 * i)));
    }
  }

  static long readUnsigned(ByteBuffer in) {
    byte first = in.get();
    if (first >= 0) {
      return first;
    }
    int more = Integer.numberOfLeadingZeros(~first) - (Integer.SIZE - Byte.SIZE);
    long value = first & (0xFF >> more);
    for (int i = 0; i < more; i++) {
      value = (value << 8) | (in.get() & 0xFF);
    }
    return value;
  }

  static long fold(long signed) {
    return (signed << 1) ^ (signed >> 63);
  }

  static long unfold(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}
