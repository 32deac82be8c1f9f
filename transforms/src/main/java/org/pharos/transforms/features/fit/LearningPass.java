package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * One pass over the rows: which columns are looked at, and what is learned of them.
 *
 * @param pipeline that is fitted
 * @param from the first step that is fitted in this pass
 * @param to the step behind the last one
 * @param columns that are looked at, each nullable
 */
record LearningPass(FeaturePipeline pipeline, int from, int to, Schema columns)
    implements Serializable {

  /** Something that is learned. */
  record Item(String name, String column, Aggregation aggregation) {}

  static LearningPass of(FeaturePipeline pipeline, int pass) {
    List<Integer> passes = pipeline.passes();
    int from = passes.get(pass);
    int to = pass + 1 < passes.size() ? passes.get(pass + 1) : pipeline.steps().size();
    Schema.Builder columns = Schema.builder();
    List<String> seen = new ArrayList<>();
    for (int i = from; i < to; i++) {
      FeatureStep step = pipeline.steps().get(i);
      if (!step.learns().isEmpty() && !seen.contains(step.column())) {
        seen.add(step.column());
        FieldType type = pipeline.before(from).getField(step.column()).getType();
        columns.addNullableField(step.column(), type.withNullable(true));
      }
    }
    return new LearningPass(pipeline, from, to, columns.build());
  }

  /** All that is learned, in the order of the learned schema. */
  List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      FeatureStep step = pipeline.steps().get(i);
      for (Map.Entry<String, Aggregation> each : step.learns().entrySet()) {
        items.add(new Item(pipeline.learnedName(i, each.getKey()), step.column(), each.getValue()));
      }
    }
    return items;
  }

  /**
   * What is looked at of a row: what is no number is no value.
   *
   * @throws IllegalArgumentException if a number is infinite
   */
  Row look(Row row) {
    List<@Nullable Object> values = new ArrayList<>(columns.getFieldCount());
    for (String column : columns.getFieldNames()) {
      Object value = row.getValue(column);
      if (value instanceof Number number
          && Double.isInfinite(number.doubleValue())
          && (value instanceof Double || value instanceof Float)) {
        throw new IllegalArgumentException(
            "nothing can be learned of column " + column + ", which has an infinite value");
      }
      values.add(Numbers.isMissing(value) ? null : value);
    }
    return Row.withSchema(columns).attachValues(values);
  }

  /** Learns from rows at hand; in the order of {@link #items}. */
  List<@Nullable Object> learn(Iterable<Row> rows, FittedPipeline prior) {
    List<Learner<?>> learners = new ArrayList<>();
    for (Item item : items()) {
      int index = columns.indexOf(item.column());
      learners.add(
          new Learner<>(index, item.aggregation().over(columns.getField(index).getType())));
    }
    for (Row row : rows) {
      Row looked = look(prior.apply(row));
      learners.forEach(learner -> learner.add(looked));
    }
    List<@Nullable Object> learned = new ArrayList<>();
    learners.forEach(learner -> learned.add(learner.result()));
    return learned;
  }

  /** What was learned before, and in this pass. */
  Row add(Row before, List<@Nullable Object> learned) {
    List<@Nullable Object> all = new ArrayList<>(before.getValues());
    all.addAll(learned);
    return Row.withSchema(pipeline.learnedSchema(to)).attachValues(all);
  }

  private static final class Learner<S> {
    private final int column;
    private final Aggregator<S> aggregator;
    private S state;

    Learner(int column, Aggregator<S> aggregator) {
      this.column = column;
      this.aggregator = aggregator;
      this.state = aggregator.prepare();
    }

    void add(Row row) {
      Object value = row.getValue(column);
      if (value != null) {
        state = aggregator.update(state, value, Instant.EPOCH);
      }
    }

    @Nullable Object result() {
      return aggregator.finish(state, Instant.EPOCH);
    }
  }
}
