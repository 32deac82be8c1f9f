package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/** Tiles that had ended at a time, by the key of their entity. */
final class TilesUntilFn extends DoFn<Row, KV<Row, Row>> {
  private static final long serialVersionUID = 1L;

  private final Schema entity;
  private final int[] entityFields;
  private final int end;
  private final long until;

  TilesUntilFn(TiledFeatures definition, Schema tiles, Instant until) {
    this.entity = definition.featureLayout().entity();
    this.entityFields = definition.entity().stream().mapToInt(tiles::indexOf).toArray();
    this.end = tiles.indexOf(TiledFeatures.TILE_END);
    this.until = until.getMillis();
  }

  @ProcessElement
  public void process(@Element Row tile, OutputReceiver<KV<Row, Row>> out) {
    ReadableInstant at = (ReadableInstant) Objects.requireNonNull(tile.getValue(end));
    if (at.getMillis() > until) {
      return;
    }
    List<@Nullable Object> key = new ArrayList<>(entityFields.length);
    for (int field : entityFields) {
      key.add(tile.getValue(field));
    }
    out.output(KV.of(Row.withSchema(entity).attachValues(key), tile));
  }
}
