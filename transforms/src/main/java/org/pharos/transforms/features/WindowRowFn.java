package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** An entity, its window and its results as one row. */
final class WindowRowFn extends DoFn<KV<Row, Row>, Row> {

  private static final long serialVersionUID = 1L;

  private final Schema schema;

  WindowRowFn(Schema schema) {
    this.schema = schema;
  }

  @ProcessElement
  public void process(
      @Element KV<Row, Row> summarized, BoundedWindow window, OutputReceiver<Row> out) {
    IntervalWindow interval = (IntervalWindow) window;
    List<@Nullable Object> columns = new ArrayList<>(schema.getFieldCount());
    columns.addAll(summarized.getKey().getValues());
    columns.add(interval.start());
    columns.add(interval.end());
    columns.addAll(summarized.getValue().getValues());
    out.output(Row.withSchema(schema).attachValues(columns));
  }
}
