package org.pharos.transforms.cassandra;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.InstantCoder;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.joda.time.Instant;

/** Elements of the global window as bytes in blocks: the timestamp, the pane, and the value. */
final class PackedElements<T> {
  private final Coder<T> coder;
  private final Bytes bytes = new Bytes();

  /** Lends its array. */
  private static final class Bytes extends ByteArrayOutputStream {
    ByteBuffer written() {
      return ByteBuffer.wrap(buf, 0, count);
    }
  }

  PackedElements(Coder<T> coder) {
    this.coder = coder;
  }

  /** The bytes of an element, good until the next. */
  ByteBuffer pack(T element, Instant timestamp, PaneInfo pane) throws IOException {
    bytes.reset();
    InstantCoder.of().encode(timestamp, bytes);
    PaneInfoCoder.of().encode(pane, bytes);
    coder.encode(element, bytes);
    return bytes.written();
  }

  /** Gives out the elements of a block of {@link ShardBlocks}. */
  void unpack(byte[] block, OutputReceiver<T> out) throws IOException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(block, ShardBlocks.HEAD, block.length - ShardBlocks.HEAD);
    for (int i = ShardBlocks.rows(block); i > 0; i--) {
      Instant timestamp = InstantCoder.of().decode(in);
      PaneInfo pane = PaneInfoCoder.of().decode(in);
      out.outputWindowedValue(coder.decode(in), timestamp, List.of(GlobalWindow.INSTANCE), pane);
    }
  }
}
