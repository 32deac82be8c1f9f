package org.pharos.transforms.features;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** An entity and its results as one row. */
final class FeatureRowFn extends DoFn<KV<Row, Row>, Row> {

  private static final long serialVersionUID = 1L;

  private final FeatureLayout layout;
  private final Instant asOf;

  FeatureRowFn(FeatureLayout layout, Instant asOf) {
    this.layout = layout;
    this.asOf = asOf;
  }

  @ProcessElement
  public void process(@Element KV<Row, Row> summarized, OutputReceiver<Row> out) {
    out.output(layout.features(summarized.getKey(), asOf, summarized.getValue()));
  }
}
