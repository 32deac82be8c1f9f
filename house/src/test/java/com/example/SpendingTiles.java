package com.example;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.schemas.Table;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.cassandra.WriteResult;
import org.pharos.transforms.cassandra.WriteTable;
import org.pharos.transforms.features.CountDistinct;
import org.pharos.transforms.features.Sum;
import org.pharos.transforms.features.TiledFeatures;
import org.pharos.transforms.features.Trailing;

/** The tiles of docs/features.md, word for word between the marks. */
final class SpendingTiles {

  private SpendingTiles() {}

  // SHOWN
  static TiledFeatures spending(Schema purchases) {
    return TiledFeatures.by("customer")
        .of(purchases)
        .every(Duration.standardHours(1))
        .withEventTime("at")
        .with("spend", Sum.of("price"), Trailing.days(1), Trailing.days(30))
        .with("products", CountDistinct.of("product"), Trailing.days(30));
  }

  static Table tiles(TiledFeatures spending) {
    return FeatureTables.history(
        "shop", "tiles", spending.tileSchema(), spending.entity(), TiledFeatures.TILE_END);
  }

  // Every hour: what was bought in it, a state an entity.
  static WriteResult keep(
      PCollection<Row> purchases, TiledFeatures spending, CassandraConnection cassandra) {
    return purchases.apply(spending.tiles()).apply(WriteTable.of(tiles(spending)).to(cassandra));
  }

  // Whenever features are wanted: columns customer, as_of, spend_1d, spend_30d, products_30d.
  static PCollection<Row> features(
      PBegin begin, TiledFeatures spending, CassandraConnection cassandra) {
    return begin
        .apply(ReadTable.of(tiles(spending)).from(cassandra))
        .apply(spending.asOf(Instant.parse("2026-07-01T00:00:00Z")));
  }
  // SHOWN
}
