package com.example;

import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.features.TiledFeatures;
import org.pharos.transforms.features.WriteFeatures;

/** The stream of docs/features.md, word for word between the marks. */
final class SpendingStream {

  private SpendingStream() {}

  // SHOWN
  // A row when a tile with events ends, and when one leaves a window: then the features differ.
  static WriteFeatures.Result follow(
      PCollection<Row> purchases,
      TiledFeatures spending,
      FeatureView view,
      CassandraConnection cassandra) {
    return purchases
        .apply(spending.running().withAllowedLateness(Duration.standardDays(2)))
        .apply(
            WriteFeatures.of(view)
                .in("shop")
                .to(cassandra)
                .withCorrections(Duration.standardHours(1)));
  }
  // SHOWN
}
