package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** A {@link FeaturePipeline} that has been fitted: a function of rows, for any thread. */
public final class FittedPipeline {
  private final Schema rows;
  private final Schema schema;
  private final Row learned;
  private final List<Step> steps = new ArrayList<>();

  /** A step with the places of what it reads and writes. */
  private record Step(List<Integer> from, List<Integer> to, FeatureStep.Applied function) {}

  /**
   * @param count how many of the steps
   */
  FittedPipeline(FeaturePipeline pipeline, Row learned, int count) {
    this.rows = pipeline.rows();
    this.learned = learned;
    this.schema = count == 0 ? rows : after(pipeline, count);
    for (int i = 0; i < count; i++) {
      FeatureStep step = pipeline.steps().get(i);
      Schema before = pipeline.before(i);
      Schema after = after(pipeline, i + 1);
      List<Integer> to =
          step.writes(pipeline.read(i)).stream().map(Field::getName).map(after::indexOf).toList();
      List<Integer> from = step.columns().stream().map(before::indexOf).toList();
      steps.add(new Step(from, to, step.fitted(pipeline.learned(learned, i))));
    }
  }

  private static Schema after(FeaturePipeline pipeline, int count) {
    return count < pipeline.steps().size() ? pipeline.before(count) : pipeline.schema();
  }

  /** The schema of the rows that come out. */
  public Schema schema() {
    return schema;
  }

  /** What was learned. */
  public Row learned() {
    return learned;
  }

  /**
   * The row with all steps applied.
   *
   * @throws IllegalArgumentException unless it has the fields that the pipeline was made for
   */
  public Row apply(Row row) {
    if (row.getFieldCount() != rows.getFieldCount()) {
      throw new IllegalArgumentException(
          "the row must have the fields "
              + rows.getFieldNames()
              + ", but has "
              + row.getSchema().getFieldNames());
    }
    @Nullable Object[] values = Arrays.copyOf(row.getValues().toArray(), schema.getFieldCount());
    for (Step step : steps) {
      @Nullable Object[] read = new Object[step.from().size()];
      for (int i = 0; i < read.length; i++) {
        read[i] = values[step.from().get(i)];
      }
      List<@Nullable Object> written = step.function().of(Arrays.asList(read));
      for (int i = 0; i < step.to().size(); i++) {
        values[step.to().get(i)] = written.get(i);
      }
    }
    return Row.withSchema(schema).attachValues(Arrays.asList(values));
  }
}
