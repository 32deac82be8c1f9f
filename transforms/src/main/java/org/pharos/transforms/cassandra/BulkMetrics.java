package org.pharos.transforms.cassandra;

import java.util.Iterator;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What a bulk load counts, in the namespace {@code cassandra}: rows and their bytes as other
 * writers do, and the bytes of SSTables, once for all replicas.
 */
final class BulkMetrics {
  private final Counter rows = Metrics.counter(WriteMetrics.NAMESPACE, "rows_written");
  private final Counter bytes = Metrics.counter(WriteMetrics.NAMESPACE, "bytes_written");
  private final Counter sstableBytes = Metrics.counter(WriteMetrics.NAMESPACE, "sstable_bytes");
  private long shardRows;
  private long shardBytes;

  /** The blocks, whose rows are counted as they pass. */
  Iterable<byte[]> counting(Iterable<byte[]> blocks) {
    shardRows = 0;
    shardBytes = 0;
    Iterator<byte[]> all = blocks.iterator();
    return () ->
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public byte[] next() {
            byte[] block = all.next();
            shardRows += ShardBlocks.rows(block);
            shardBytes += block.length;
            return block;
          }
        };
  }

  /** All replicas have what was counted. */
  void loaded(long bytesOfSSTables) {
    rows.inc(shardRows);
    bytes.inc(shardBytes);
    sstableBytes.inc(bytesOfSSTables);
  }
}
