package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** The elements for which nothing was found, each with its pane again. */
final class MissingKeys<T> extends DoFn<KV<PaneInfo, KV<T, WireRows>>, T> {
  private static final long serialVersionUID = 1;

  @ProcessElement
  public void process(
      @Element KV<PaneInfo, KV<T, WireRows>> answer,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<T> out) {
    if (answer.getValue().getValue().isEmpty()) {
      out.outputWindowedValue(
          answer.getValue().getKey(), timestamp, List.of(window), answer.getKey());
    }
  }
}
