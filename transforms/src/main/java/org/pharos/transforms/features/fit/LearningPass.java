package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * One pass over the rows: what is looked at, and what is learned of it.
 *
 * @param pipeline that is fitted
 * @param from the first step that is fitted in this pass
 * @param to the step behind the last one
 * @param looked what is looked at, each nullable: columns, and Rows of columns
 * @param items all that is learned, in the order of the learned schema
 */
record LearningPass(FeaturePipeline pipeline, int from, int to, Schema looked, List<Item> items)
    implements Serializable {

  /**
   * Something that is learned.
   *
   * @param aggregation of a field of what is looked at
   */
  record Item(String name, Aggregation aggregation) implements Serializable {}

  static LearningPass of(FeaturePipeline pipeline, int pass) {
    List<Integer> passes = pipeline.passes();
    int from = passes.get(pass);
    int to = pass + 1 < passes.size() ? passes.get(pass + 1) : pipeline.steps().size();
    Map<String, FieldType> looked = new LinkedHashMap<>();
    List<Item> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (Map.Entry<String, Aggregation> each : pipeline.learns(i).entrySet()) {
        String name = pipeline.learnedName(i, each.getKey());
        Aggregation aggregation = each.getValue();
        Optional<String> column = aggregation.field();
        // Names that hold for a whole step belong to it alone: sSTEP_COLUMNS_NAME.
        looked.put(column.orElse(name), pipeline.looked(i, aggregation));
        items.add(
            new Item(name, column.isPresent() ? aggregation : new OfField(name, aggregation)));
      }
    }
    Schema.Builder schema = Schema.builder();
    looked.forEach(schema::addField);
    return new LearningPass(pipeline, from, to, schema.build(), items);
  }

  /** An aggregation of Rows, which are a field of what is looked at. */
  private record OfField(String name, Aggregation rows) implements Aggregation {

    @Override
    public Optional<String> field() {
      return Optional.of(name);
    }

    @Override
    public Aggregator<?> over(FieldType values) {
      return rows.over(values);
    }

    @Override
    public String toString() {
      return rows.toString();
    }
  }

  /**
   * What is looked at of a row: what is no number is no value.
   *
   * @throws IllegalArgumentException if a number is infinite
   */
  Row look(Row row) {
    List<@Nullable Object> values = new ArrayList<>(looked.getFieldCount());
    for (Field field : looked.getFields()) {
      Schema columns = field.getType().getRowSchema();
      if (columns == null || row.getSchema().hasField(field.getName())) {
        values.add(value(row, field.getName()));
      } else {
        List<@Nullable Object> together = new ArrayList<>(columns.getFieldCount());
        for (String column : columns.getFieldNames()) {
          together.add(value(row, column));
        }
        values.add(Row.withSchema(columns).attachValues(together));
      }
    }
    return Row.withSchema(looked).attachValues(values);
  }

  private static @Nullable Object value(Row row, String column) {
    Object value = row.getValue(column);
    if ((value instanceof Double number && Double.isInfinite(number))
        || (value instanceof Float single && Float.isInfinite(single))) {
      throw new IllegalArgumentException(
          "nothing can be learned of column " + column + ", which has an infinite value");
    }
    return Numbers.isMissing(value) ? null : value;
  }

  /** Learns from rows at hand; in the order of {@link #items}. */
  List<@Nullable Object> learn(Iterable<Row> rows, FittedPipeline prior) {
    List<Learner<?>> learners = new ArrayList<>();
    for (Item item : items) {
      String field = item.aggregation().field().orElseThrow();
      learners.add(
          new Learner<>(
              looked.indexOf(field), item.aggregation().over(looked.getField(field).getType())));
    }
    for (Row row : rows) {
      Row look = look(prior.apply(row));
      learners.forEach(learner -> learner.add(look));
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
    private final int field;
    private final Aggregator<S> aggregator;
    private S state;

    Learner(int field, Aggregator<S> aggregator) {
      this.field = field;
      this.aggregator = aggregator;
      this.state = aggregator.prepare();
    }

    void add(Row look) {
      Object value = look.getValue(field);
      if (value != null) {
        state = aggregator.update(state, value, Instant.EPOCH);
      }
    }

    @Nullable Object result() {
      return aggregator.finish(state, Instant.EPOCH);
    }
  }
}
