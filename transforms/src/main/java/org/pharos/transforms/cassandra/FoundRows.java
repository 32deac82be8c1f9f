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
final class FoundRows<T, R> extends DoFn<KV<PaneInfo, KV<T, WireRows>>, KV<T, R>> {
  private static final long serialVersionUID = 1;

  private final DecodeRows decode;
  private final SerializableFunction<Row, R> convert;

  FoundRows(DecodeRows decode, SerializableFunction<Row, R> convert) {
    this.decode = decode;
    this.convert = convert;
  }

  @ProcessElement
  public void process(
      @Element KV<PaneInfo, KV<T, WireRows>> answer,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      OutputReceiver<KV<T, R>> out) {
    T input = answer.getValue().getKey();
    decode.each(
        answer.getValue().getValue(),
        row ->
            out.outputWindowedValue(
                KV.of(input, convert.apply(row)), timestamp, List.of(window), answer.getKey()));
  }
}
