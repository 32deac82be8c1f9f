package org.pharos.transforms.cassandra;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/** Gives out the elements of each range, as they were packed. */
final class UnpackBlocksFn<T> extends DoFn<KV<Integer, Iterable<byte[]>>, T> {
  private static final long serialVersionUID = 1L;

  private final Coder<T> coder;

  UnpackBlocksFn(Coder<T> coder) {
    this.coder = coder;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> range, OutputReceiver<T> out)
      throws IOException {
    PackedElements<T> elements = new PackedElements<>(coder);
    for (byte[] block : range.getValue()) {
      elements.unpack(block, out);
    }
  }

  /** Elements have the timestamps that they had before the shuffle. */
  @Override
  @Deprecated
  @SuppressWarnings("InlineMeSuggester")
  public Duration getAllowedTimestampSkew() {
    return Duration.millis(Long.MAX_VALUE);
  }
}
