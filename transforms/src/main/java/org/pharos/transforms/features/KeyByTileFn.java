package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** Adds to the key of an event's entity when its tile ends. */
final class KeyByTileFn extends DoFn<KV<Row, Row>, KV<Row, Row>> {
  private static final long serialVersionUID = 1L;

  private final TiledFeatures definition;
  private final Schema keys;

  KeyByTileFn(TiledFeatures definition) {
    this.definition = definition;
    this.keys = definition.keySchema();
  }

  @ProcessElement
  public void process(@Element KV<Row, Row> event, OutputReceiver<KV<Row, Row>> out) {
    List<@Nullable Object> key = new ArrayList<>(event.getKey().getValues());
    key.add(definition.end(FeatureLayout.at(event.getValue())));
    out.output(KV.of(Row.withSchema(keys).attachValues(key), event.getValue()));
  }
}
