package org.pharos.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MurmurHash3_x86_32 of Austin Appleby, who put it into the public domain. */
final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  static int hash32(byte[] bytes, int seed) {
    ByteBuffer blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int hash = seed;
    while (blocks.remaining() >= 4) {
      hash = Integer.rotateLeft(hash ^ mixed(blocks.getInt()), 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int shift = 0; blocks.hasRemaining(); shift += 8) {
      tail |= (blocks.get() & 0xff) << shift;
    }
    hash ^= mixed(tail);
    hash ^= bytes.length;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  // A tail of no bytes is 0, and 0 mixes to 0.
  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }
}
