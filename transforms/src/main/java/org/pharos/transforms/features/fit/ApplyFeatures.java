package org.pharos.transforms.features.fit;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;

/**
 * Rows in, each out with the steps of a fitted {@link FeaturePipeline} applied, bounded or not:
 * what {@link FittedPipeline#apply} gives. The element's timestamp and window stay.
 */
public final class ApplyFeatures extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final FeaturePipeline pipeline;
  private final PCollectionView<Row> learned;

  private ApplyFeatures(FeaturePipeline pipeline, PCollectionView<Row> learned) {
    this.pipeline = pipeline;
    this.learned = learned;
  }

  static ApplyFeatures of(FeaturePipeline pipeline, PCollectionView<Row> learned) {
    return new ApplyFeatures(pipeline, learned);
  }

  /**
   * @throws IllegalArgumentException unless the rows are what the pipeline was made for
   */
  static void check(FeaturePipeline pipeline, PCollection<Row> rows) {
    if (!rows.hasSchema() || !rows.getSchema().equals(pipeline.rows())) {
      throw new IllegalArgumentException(
          "the rows must have the fields "
              + pipeline.rows().getFields()
              + (rows.hasSchema() ? ", but have " + rows.getSchema().getFields() : ""));
    }
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> rows) {
    check(pipeline, rows);
    return rows.apply(
            "Apply steps", ParDo.of(new StepsFn(pipeline, learned)).withSideInputs(learned))
        .setRowSchema(pipeline.schema());
  }

  private static final class StepsFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final FeaturePipeline pipeline;
    private final PCollectionView<Row> learned;
    private transient Map<BoundedWindow, FittedPipeline> fitted = new HashMap<>();

    StepsFn(FeaturePipeline pipeline, PCollectionView<Row> learned) {
      this.pipeline = pipeline;
      this.learned = learned;
    }

    // What is learned may change between bundles, not within one.
    @StartBundle
    public void startBundle() {
      fitted = new HashMap<>();
    }

    @ProcessElement
    public void process(ProcessContext context, BoundedWindow window) {
      FittedPipeline steps =
          fitted.computeIfAbsent(window, key -> pipeline.fitted(context.sideInput(learned)));
      context.output(steps.apply(context.element()));
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("steps", pipeline.toString()).withLabel("Steps"));
  }
}
