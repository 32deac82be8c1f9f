package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** The fields of a key and of its value as one row. */
final class ConcatenateFn extends DoFn<KV<Row, Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final Schema schema;

  ConcatenateFn(Schema schema) {
    this.schema = schema;
  }

  @ProcessElement
  public void process(@Element KV<Row, Row> pair, OutputReceiver<Row> out) {
    List<@Nullable Object> values = new ArrayList<>(pair.getKey().getValues());
    values.addAll(pair.getValue().getValues());
    out.output(Row.withSchema(schema).attachValues(values));
  }
}
