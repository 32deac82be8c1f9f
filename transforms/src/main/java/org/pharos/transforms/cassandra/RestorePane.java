package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** Gives a result the pane of the element that it tells about. */
final class RestorePane<V> extends DoFn<KV<PaneInfo, V>, V> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<PaneInfo, V> element,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<V> out) {
    out.outputWindowedValue(element.getValue(), timestamp, List.of(window), element.getKey());
  }
}
