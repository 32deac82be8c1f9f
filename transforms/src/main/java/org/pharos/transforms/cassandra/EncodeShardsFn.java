package org.pharos.transforms.cassandra;

import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Encodes each element's row for the bulk child, with its timestamp fixed, into blocks of the shard
 * that its token is in. Bad rows and counts leave as they do from {@link WriteFn}. Asks no server.
 */
final class EncodeShardsFn<T> extends DoFn<T, WriteCounts> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec<T> spec;
  private final int shards;

  private transient @Nullable BundleResults<T> results;
  private transient @Nullable BulkRows rows;
  private transient @Nullable ShardBlocks blocks;

  EncodeShardsFn(WriteSpec<T> spec, int shards) {
    this.spec = spec;
    this.shards = shards;
  }

  @Setup
  public void setup() {
    results = new BundleResults<>(spec, new WriteMetrics());
    rows = new BulkRows(spec.plans().get(0), spec.settings());
    blocks = new ShardBlocks(shards);
  }

  @StartBundle
  public void startBundle() {
    there(results).start();
    there(blocks).clear();
  }

  @ProcessElement
  public void process(
      @Element T element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      PaneInfo pane,
      MultiOutputReceiver out) {
    BundleResults<T> to = there(results);
    to.out = Outlet.of(out);
    Row row = to.row(element, timestamp, window, pane);
    if (row == null) {
      return;
    }
    ByteBuffer bytes;
    try {
      bytes = there(rows).encode(row, timestamp, pane);
    } catch (RejectedRow why) {
      to.rejected(row, why, timestamp, window, pane);
      return;
    }
    if (bytes == null) {
      to.expired(window);
      return;
    }
    to.tally(window).written();
    there(blocks).add(there(rows).token(), bytes, timestamp, window, to.outlet());
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    BundleResults<T> to = there(results);
    to.out = context::output;
    there(blocks).flush(to.outlet());
    to.giveCounts();
  }

  /** A block leaves while a row of another window is processed. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private static <V> V there(@Nullable V value) {
    if (value == null) {
      throw new IllegalStateException("not set up");
    }
    return value;
  }
}
