package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the rows of a bundle into blocks of one shard each, so that a shuffle moves thousands of
 * rows as one element. A block begins with the number of its rows.
 */
final class ShardBlocks {
  /** Blocks, each with its shard. */
  static final TupleTag<KV<Integer, byte[]>> BLOCKS = new TupleTag<>("blocks");

  /** Of {@link #BLOCKS}. */
  static final Coder<KV<Integer, byte[]>> CODER = KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());

  /** The bytes of a block before its rows. */
  static final int HEAD = Integer.BYTES;

  /** With more, blocks that fit into a worker's memory would be too small to be worth it. */
  static final int MOST_SHARDS = 4096;

  private static final int BLOCK = 64 << 10;
  private static final int SMALLEST_BLOCK = 4 << 10;
  private static final int MOST_BYTES = 16 << 20;

  private final int capacity;
  private final @Nullable Block[] open;

  /** The rows of one shard; it goes out as its last row would. */
  private static final class Block {
    ByteBuffer bytes;
    int rows;
    Instant timestamp;
    BoundedWindow window;

    Block(int capacity, Instant timestamp, BoundedWindow window) {
      this.bytes = ByteBuffer.allocate(capacity).position(HEAD);
      this.timestamp = timestamp;
      this.window = window;
    }

    KV<Integer, byte[]> of(int shard) {
      byte[] content = new byte[bytes.putInt(0, rows).position()];
      bytes.get(0, content);
      return KV.of(shard, content);
    }
  }

  ShardBlocks(int shards) {
    this.capacity = Math.max(SMALLEST_BLOCK, Math.min(BLOCK, MOST_BYTES / shards));
    this.open = new @Nullable Block[shards];
  }

  /** The shard of a token: the ring cut into equal parts. */
  static int shard(long token, int shards) {
    long upper = (token >>> Integer.SIZE) ^ 0x80000000L;
    return (int) ((upper * shards) >>> Integer.SIZE);
  }

  /** How many rows a block has. */
  static int rows(byte[] block) {
    return ByteBuffer.wrap(block).getInt();
  }

  /** Takes a row, and gives out the block that it finds full. */
  void add(long token, ByteBuffer row, Instant timestamp, BoundedWindow window, Outlet out) {
    int shard = shard(token, open.length);
    Block block = open[shard];
    if (block != null && block.bytes.remaining() < row.remaining()) {
      give(shard, block, out);
      block = null;
    }
    if (block == null) {
      block = new Block(Math.max(capacity, HEAD + row.remaining()), timestamp, window);
      open[shard] = block;
    }
    block.bytes.put(row);
    block.rows++;
    block.timestamp = timestamp;
    block.window = window;
  }

  /** Gives out all there is. */
  void flush(Outlet out) {
    for (int shard = 0; shard < open.length; shard++) {
      Block block = open[shard];
      if (block != null) {
        give(shard, block, out);
      }
    }
  }

  private void give(int shard, Block block, Outlet out) {
    open[shard] = null;
    out.put(BLOCKS, block.of(shard), block.timestamp, block.window);
  }

  /** Forgets what a failed bundle left behind. */
  void clear() {
    Arrays.fill(open, null);
  }
}
