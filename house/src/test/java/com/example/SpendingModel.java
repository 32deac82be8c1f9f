package com.example;

import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.pharos.transforms.features.fit.FeaturePipeline;
import org.pharos.transforms.features.fit.FittedPipeline;
import org.pharos.transforms.features.fit.OneHotEncoder;
import org.pharos.transforms.features.fit.SimpleImputer;
import org.pharos.transforms.features.fit.StandardScaler;

/** The fitted steps of docs/features.md, word for word between the marks. */
final class SpendingModel {

  private SpendingModel() {}

  // SHOWN
  static FeaturePipeline model(PCollection<Row> rows) {
    return FeaturePipeline.of(rows.getSchema())
        .with(SimpleImputer.mean("spend").withIndicator())
        .with(StandardScaler.of("spend"))
        .with(OneHotEncoder.of("category", 20));
  }

  // What is learned is a row: s0_spend_fill, s1_spend_mean, ... Keep it in a table.
  static PCollection<Row> train(PCollection<Row> rows) {
    FeaturePipeline model = model(rows);
    PCollection<Row> learned = rows.apply("Fit", model.fit());
    return rows.apply("Apply", model.apply(learned.apply(View.asSingleton())));
  }

  // In a service, without a pipeline.
  static Row serve(FeaturePipeline model, Row learned, Row row) {
    FittedPipeline fitted = model.fitted(learned);
    return fitted.apply(row);
  }
  // SHOWN
}
