package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** Each element with each row that was found for it, and its pane again. */
final class FoundRows<T, R> extends DoFn<KV<PaneInfo, KV<T, List<Row>>>, KV<T, R>> {
  private static final long serialVersionUID = 1;

  private final SerializableFunction<Row, R> convert;

  FoundRows(SerializableFunction<Row, R> convert) {
    this.convert = convert;
  }

  @ProcessElement
  public void process(
      @Element KV<PaneInfo, KV<T, List<Row>>> answer,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<KV<T, R>> out) {
    T input = answer.getValue().getKey();
    for (Row row : answer.getValue().getValue()) {
      out.outputWindowedValue(
          KV.of(input, convert.apply(row)), timestamp, List.of(window), answer.getKey());
    }
  }
}
