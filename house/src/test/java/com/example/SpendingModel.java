package com.example;

import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.transforms.cassandra.CassandraConnection;
import org.pharos.transforms.features.fit.FeaturePipeline;
import org.pharos.transforms.features.fit.FittedPipeline;
import org.pharos.transforms.features.fit.FittedTable;
import org.pharos.transforms.features.fit.OneHotEncoder;
import org.pharos.transforms.features.fit.SimpleImputer;
import org.pharos.transforms.features.fit.StandardScaler;

/** The fitted steps of docs/features.md, word for word between the marks. */
final class SpendingModel {

  private SpendingModel() {}

  // SHOWN
  static FeaturePipeline model(Schema rows) {
    return FeaturePipeline.of(rows)
        .with(SimpleImputer.mean("spend").withIndicator())
        .with(StandardScaler.of("spend"))
        .with(OneHotEncoder.of("category", 20));
  }

  // What is learned is a row, s0_spend_fill, s1_spend_mean, ..., that a table keeps by version.
  static PCollection<Row> train(PCollection<Row> rows, CassandraConnection connection) {
    FeaturePipeline model = model(rows.getSchema());
    PCollection<Row> learned = rows.apply("Fit", model.fit());
    learned.apply("Keep", FittedTable.of(model, "shop", "spending", connection).write(1));
    return rows.apply("Apply", model.apply(learned.apply(View.asSingleton())));
  }

  // In a service, without a pipeline.
  static FittedPipeline served(Schema rows, CassandraConnection connection) {
    return FittedTable.of(model(rows), "shop", "spending", connection).load(1);
  }
  // SHOWN
}
