package com.example;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.pharos.schemas.features.FeatureTables;
import org.pharos.schemas.features.FeatureView;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.cassandra.ReadTable;
import org.pharos.transforms.features.JoinPointInTime;
import org.pharos.transforms.features.OnlineFeatures;
import org.pharos.transforms.features.WriteFeatures;

/** The store of docs/features.md, word for word between the marks. */
final class SpendingStore {

  private SpendingStore() {}

  // SHOWN
  static FeatureView spending(Schema features) {
    return FeatureView.named("spending", 1)
        .of(features)
        .by("customer")
        .at("as_of")
        .withTimeToLive(Duration.standardDays(30));
  }

  // Into spending_v1_history, and into spending_v1_online.
  static WriteFeatures.Result write(
      PCollection<Row> features, FeatureView spending, CassandraConnection cassandra) {
    return features.apply(WriteFeatures.of(spending).in("shop").to(cassandra));
  }

  // Rows of (customer, decided_at, label), each with what was known of its customer at its time.
  static PCollection<Row> train(
      Pipeline pipeline,
      PCollection<Row> spine,
      FeatureView spending,
      CassandraConnection cassandra) {
    return spine.apply(
        JoinPointInTime.at("decided_at")
            .merging(
                spending,
                pipeline.apply(
                    ReadTable.of(FeatureTables.history("shop", spending)).from(cassandra)))
            .withDefault("spending_products_30d", 0L));
  }

  // The same columns, now, in a service: no pipeline and no runner.
  static CompletableFuture<List<Row>> serve(OnlineFeatures online, List<Row> customers) {
    return online.read(customers);
  }

  static OnlineFeatures open(FeatureView spending, CassandraConnection cassandra) {
    return OnlineFeatures.of(spending)
        .withDefault("spending_products_30d", 0L)
        .open("shop", cassandra);
  }
  // SHOWN
}
