package org.pharos.transforms.cassandra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Packs elements into blocks of the range that their token is in. An element without a token, which
 * cannot be written, goes with those of the first range: its writer says what is wrong with it.
 */
final class GatherBlocksFn<T> extends DoFn<T, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec<T> spec;
  private final int ranges;

  private transient @Nullable Parts<T> parts;

  /** What a worker has. */
  private record Parts<T>(RowTokens tokens, ShardBlocks blocks, PackedElements<T> elements) {}

  GatherBlocksFn(WriteSpec<T> spec, int ranges) {
    this.spec = spec;
    this.ranges = ranges;
  }

  @Setup
  public void setup() {
    parts =
        new Parts<>(
            new RowTokens(spec.plans().get(0), spec.settings()),
            new ShardBlocks(ranges),
            new PackedElements<>(spec.elementCoder()));
  }

  @StartBundle
  public void startBundle() {
    // What a failed bundle left behind.
    parts().blocks().clear();
  }

  @ProcessElement
  public void process(
      @Element T element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      PaneInfo pane,
      MultiOutputReceiver out) {
    ByteBuffer packed;
    try {
      packed = parts().elements().pack(element, timestamp, pane);
    } catch (IOException e) {
      throw new UncheckedIOException("An element cannot be encoded for the shuffle", e);
    }
    parts().blocks().add(token(element), packed, timestamp, window, Outlet.of(out));
  }

  private long token(T element) {
    try {
      return parts().tokens().of(spec.toRow().apply(element));
    } catch (RuntimeException e) {
      return Long.MIN_VALUE;
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    parts().blocks().flush(context::output);
  }

  /** A block leaves while a later element is processed. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }

  private Parts<T> parts() {
    if (parts == null) {
      throw new IllegalStateException("not set up");
    }
    return parts;
  }
}
