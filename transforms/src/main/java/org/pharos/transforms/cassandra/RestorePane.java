package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;

/** Gives a result the pane of the element that it tells about. */
final class RestorePane<V> extends DoFn<KV<PaneInfo, V>, V> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element KV<PaneInfo, V> element, OutputReceiver<V> out) {
    out.builder(element.getValue()).setPaneInfo(element.getKey()).output();
  }
}
