package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** The splits of a table, found by one worker and shared out to all. */
final class TableSplits extends PTransform<PBegin, PCollection<Split>> {
  private static final long serialVersionUID = 1;

  private final Scan scan;

  TableSplits(Scan scan) {
    this.scan = scan;
  }

  @Override
  public PCollection<Split> expand(PBegin begin) {
    return begin
        .apply("Begin", Impulse.create())
        .apply("Plan splits", ParDo.of(new PlanSplits(scan)))
        .setCoder(SerializableCoder.of(Split.class))
        .apply("Share splits out", Reshuffle.viaRandomKey());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    scan.populateDisplayData(builder);
  }
}
