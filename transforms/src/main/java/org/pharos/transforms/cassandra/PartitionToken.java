package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The token of a partition under Murmur3Partitioner: the first half of MurmurHash3_x64_128 of its
 * key, with Cassandra's deviation (the bytes after the last whole block are taken as signed).
 * Computed here because the driver gives tokens only to who has a connection, and as text.
 */
final class PartitionToken {
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;
  private static final int BLOCK = 16;

  private PartitionToken() {}

  /** The token of a routing key, which stays as it is. */
  static long of(ByteBuffer key) {
    ByteBuffer bytes = key.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining();
    long h1 = 0;
    long h2 = 0;
    while (bytes.remaining() >= BLOCK) {
      h1 ^= mixed1(bytes.getLong());
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mixed2(bytes.getLong());
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    long tail1 = 0;
    long tail2 = 0;
    for (int i = 0; bytes.hasRemaining(); i++) {
      long signed = bytes.get();
      if (i < Long.BYTES) {
        tail1 ^= signed << (Byte.SIZE * i);
      } else {
        tail2 ^= signed << (Byte.SIZE * (i - Long.BYTES));
      }
    }
    // A tail of no bytes is 0, and 0 mixes to 0.
    h1 ^= mixed1(tail1);
    h2 ^= mixed2(tail2);
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    long token = finished(h1) + finished(h2);
    // The smallest token is no partition's.
    return token == Long.MIN_VALUE ? Long.MAX_VALUE : token;
  }

  private static long mixed1(long block) {
    return Long.rotateLeft(block * C1, 31) * C2;
  }

  private static long mixed2(long block) {
    return Long.rotateLeft(block * C2, 33) * C1;
  }

  private static long finished(long hash) {
    long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
