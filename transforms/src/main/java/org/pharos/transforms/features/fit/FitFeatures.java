package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.SummarizeEvents;

/**
 * Rows in, what a {@link FeaturePipeline} learns of them out: one Row, also for no rows. A row
 * whose number is infinite, in a column that is learned from, fails the job.
 */
public final class FitFeatures extends PTransform<PCollection<Row>, PCollection<Row>> {
  private static final String ALL = "all_rows";
  private static final Instant END = BoundedWindow.TIMESTAMP_MAX_VALUE;
  private static final Row NONE_YET = Row.withSchema(Schema.of()).build();
  private static final long serialVersionUID = 1L;

  private final FeaturePipeline pipeline;

  private FitFeatures(FeaturePipeline pipeline) {
    this.pipeline = pipeline;
  }

  static FitFeatures of(FeaturePipeline pipeline) {
    return new FitFeatures(pipeline);
  }

  @Override
  public PCollection<Row> expand(PCollection<Row> rows) {
    ApplyFeatures.check(pipeline, rows);
    PCollection<Row> learned = null;
    for (int i = 0; i < pipeline.passes().size(); i++) {
      learned = pass(i, rows, learned);
    }
    if (learned == null) {
      throw new IllegalStateException("no pass");
    }
    return learned;
  }

  /** What was learned by this pass and those before it. */
  private PCollection<Row> pass(
      int number, PCollection<Row> rows, @Nullable PCollection<Row> before) {
    LearningPass pass = LearningPass.of(pipeline, number);
    if (pass.items().isEmpty()) {
      throw new IllegalArgumentException("no step of " + pipeline + " learns: apply it at once");
    }
    String name = "pass " + (number + 1);
    List<PCollectionView<Row>> views = new ArrayList<>();
    if (before != null) {
      views.add(before.apply("Share what is learned before " + name, View.asSingleton()));
    }
    Schema looked =
        Schema.builder().addBooleanField(ALL).addFields(pass.looked().getFields()).build();
    SummarizeEvents summary = SummarizeEvents.by(ALL).asOf(END);
    for (LearningPass.Item item : pass.items()) {
      summary = summary.with(item.name(), item.aggregation());
    }
    PCollection<Row> summarized =
        rows.apply(
                "Look at columns, " + name,
                ParDo.of(new LookFn(pass, looked, views)).withSideInputs(views))
            .setRowSchema(looked)
            .apply("Learn, " + name, summary);
    // Of no rows there is no summary: what is learned is what aggregations give of nothing.
    PCollectionView<Row> found =
        summarized.apply(
            "Share what is learned in " + name,
            View.<Row>asSingleton().withDefaultValue(nothing(pass, summarized.getSchema())));
    return rows.getPipeline()
        .apply("Begin to add, " + name, Create.of(number))
        .apply(
            "Add to what is learned, " + name,
            ParDo.of(new AddFn(pass, found, views)).withSideInputs(views).withSideInputs(found))
        .setRowSchema(pipeline.learnedSchema(pass.to()));
  }

  private Row nothing(LearningPass pass, Schema summary) {
    List<@Nullable Object> learned =
        pass.learn(List.of(), new FittedPipeline(pipeline, NONE_YET, 0));
    Row.Builder row = Row.withSchema(summary);
    row.addValues(true, END);
    learned.forEach(row::addValue);
    return row.build();
  }

  private static Row before(
      LearningPass pass, List<PCollectionView<Row>> views, DoFn<?, Row>.ProcessContext context) {
    return views.isEmpty()
        ? Row.withSchema(pass.pipeline().learnedSchema(0)).build()
        : context.sideInput(views.get(0));
  }

  /** The columns that a pass learns from, after the steps before it. */
  private static final class LookFn extends DoFn<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final LearningPass pass;
    private final Schema looked;
    private final List<PCollectionView<Row>> views;
    private transient @Nullable FittedPipeline prior;

    LookFn(LearningPass pass, Schema looked, List<PCollectionView<Row>> views) {
      this.pass = pass;
      this.looked = looked;
      this.views = views;
    }

    @StartBundle
    public void startBundle() {
      prior = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      FittedPipeline steps = prior;
      if (steps == null) {
        steps = new FittedPipeline(pass.pipeline(), before(pass, views, context), pass.from());
        prior = steps;
      }
      List<@Nullable Object> values = new ArrayList<>();
      values.add(true);
      values.addAll(pass.look(steps.apply(context.element())).getValues());
      context.output(Row.withSchema(looked).attachValues(values));
    }
  }

  private static final class AddFn extends DoFn<Integer, Row> {
    private static final long serialVersionUID = 1L;

    private final LearningPass pass;
    private final PCollectionView<Row> found;
    private final List<PCollectionView<Row>> views;

    AddFn(LearningPass pass, PCollectionView<Row> found, List<PCollectionView<Row>> views) {
      this.pass = pass;
      this.found = found;
      this.views = views;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Row summary = context.sideInput(found);
      List<@Nullable Object> learned = new ArrayList<>();
      for (LearningPass.Item item : pass.items()) {
        learned.add(summary.getValue(item.name()));
      }
      context.output(pass.add(before(pass, views, context), learned));
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("steps", pipeline.toString()).withLabel("Steps"));
  }
}
