package org.pharos.transforms.features.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * Steps over columns, in order: fitted to many rows, then applied to each, in a pipeline or as a
 * plain function.
 *
 * <pre>{@code
 * FeaturePipeline model =
 *     FeaturePipeline.of(rows.getSchema())
 *         .with(SimpleImputer.mean("spend").withIndicator())
 *         .with(StandardScaler.of("spend"))
 *         .with(OneHotEncoder.of("category", 20));
 * PCollection<Row> learned = rows.apply(model.fit());
 * rows.apply(model.apply(learned.apply(View.asSingleton())));
 *
 * FittedPipeline fitted = model.fitted(learnedRow); // in a service
 * Row features = fitted.apply(row);
 * }</pre>
 *
 * <p>What is learned is one Row of {@link #learnedSchema}: it can be kept in a table, with a
 * version beside it. A step reads what the steps before it wrote; a step that learns from the
 * output of another costs one more pass over the rows, all others are fitted in one. The result of
 * a fit does not depend on the order of rows or on how they are spread.
 */
public final class FeaturePipeline implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Schema rows;
  private final List<FeatureStep> steps;
  private final List<Schema> schemas; // after each step, the rows' own first
  private final Set<String> kept;

  private FeaturePipeline(
      Schema rows, List<FeatureStep> steps, List<Schema> schemas, Set<String> kept) {
    this.kept = kept;
    this.rows = rows;
    this.steps = steps;
    this.schemas = schemas;
  }

  /** A pipeline without steps, for rows of this schema. */
  public static FeaturePipeline of(Schema rows) {
    return new FeaturePipeline(rows, List.of(), List.of(rows), Set.of());
  }

  /**
   * Columns that rows are told apart by, such as an entity or a time: a step that is added after
   * this may not write them. Default: none.
   */
  public FeaturePipeline keeping(Collection<String> columns) {
    return new FeaturePipeline(rows, steps, schemas, Set.copyOf(columns));
  }

  /**
   * Adds a step.
   *
   * @throws IllegalArgumentException when a column is not there, of a type that does not fit, or
   *     one that is kept
   */
  public FeaturePipeline with(FeatureStep step) {
    Schema before = schema();
    if (Set.copyOf(step.columns()).size() < step.columns().size()) {
      throw new IllegalArgumentException(step + " reads a column twice: " + step.columns());
    }
    for (String column : step.columns()) {
      if (!before.hasField(column)) {
        throw new IllegalArgumentException(
            step + ": there is no column " + column + ", only " + before.getFieldNames());
      }
    }
    List<Field> written = step.writes(select(before, step.columns()));
    for (Aggregation learned : step.learns().values()) {
      FieldType result = learned.over(looked(before, step, learned)).resultType();
      assert result != null;
    }
    List<Field> fields = new ArrayList<>(before.getFields());
    for (Field field : written) {
      if (kept.contains(field.getName())) {
        throw new IllegalArgumentException(
            step + ": column " + field.getName() + " must stay, for rows are told apart by it");
      }
      if (before.hasField(field.getName())) {
        if (!step.columns().contains(field.getName())) {
          throw new IllegalArgumentException(
              step + ": there is a column " + field.getName() + " already");
        }
        fields.set(before.indexOf(field.getName()), field);
      } else {
        fields.add(field);
      }
    }
    List<FeatureStep> more = new ArrayList<>(steps);
    more.add(step);
    List<Schema> all = new ArrayList<>(schemas);
    all.add(Schema.builder().addFields(fields).build());
    return new FeaturePipeline(rows, more, all, kept);
  }

  private static Schema select(Schema schema, List<String> columns) {
    return Schema.builder().addFields(columns.stream().map(schema::getField).toList()).build();
  }

  /** The type of what an aggregation of a step is shown, which may be null. */
  private static FieldType looked(Schema before, FeatureStep step, Aggregation aggregation) {
    return aggregation
        .field()
        .map(
            column -> {
              if (!step.columns().contains(column)) {
                throw new IllegalArgumentException(
                    step + " learns the " + aggregation + ", but reads only " + step.columns());
              }
              return before.getField(column).getType().withNullable(true);
            })
        .orElseGet(
            () -> {
              Schema.Builder row = Schema.builder();
              for (String column : step.columns()) {
                row.addNullableField(column, before.getField(column).getType().withNullable(true));
              }
              return FieldType.row(row.build()).withNullable(true);
            });
  }

  /** The same of a step of this pipeline. */
  FieldType looked(int step, Aggregation aggregation) {
    return looked(schemas.get(step), steps.get(step), aggregation);
  }

  /** The fields that a step reads. */
  Schema read(int step) {
    return select(schemas.get(step), steps.get(step).columns());
  }

  /** The schema of the rows that come in. */
  public Schema rows() {
    return rows;
  }

  /** The schema of the rows that come out. */
  public Schema schema() {
    return schemas.get(schemas.size() - 1);
  }

  /** The schema of what is learned: {@code sSTEP_COLUMNS_NAME}, such as {@code s1_spend_mean}. */
  public Schema learnedSchema() {
    return learnedSchema(steps.size());
  }

  /** What the first so many steps learn. */
  Schema learnedSchema(int count) {
    Schema.Builder learned = Schema.builder();
    for (int i = 0; i < count; i++) {
      for (Map.Entry<String, Aggregation> each : learns(i).entrySet()) {
        FieldType looked = looked(i, each.getValue());
        learned.addField(
            learnedName(i, each.getKey()),
            each.getValue().over(looked).resultType().withNullable(true));
      }
    }
    return learned.build();
  }

  /** What a step learns, in one order in every JVM, which that of {@code Map.of} is not. */
  SortedMap<String, Aggregation> learns(int step) {
    return new TreeMap<>(steps.get(step).learns());
  }

  String learnedName(int step, String name) {
    return "s" + step + "_" + String.join("_", steps.get(step).columns()) + "_" + name;
  }

  List<FeatureStep> steps() {
    return steps;
  }

  /** The schema before a step. */
  Schema before(int step) {
    return schemas.get(step);
  }

  /**
   * The steps that begin a pass over the rows: the first, and each that learns from what a step of
   * the same pass wrote.
   */
  List<Integer> passes() {
    List<Integer> passes = new ArrayList<>();
    passes.add(0);
    boolean learns = false;
    Set<String> written = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      FeatureStep step = steps.get(i);
      if (!step.learns().isEmpty() && !Collections.disjoint(written, step.columns())) {
        if (!learns) {
          // Nothing to learn until here: what comes before is applied as it is.
          passes.remove(passes.size() - 1);
        }
        passes.add(i);
        written.clear();
        learns = false;
      }
      learns |= !step.learns().isEmpty();
      step.writes(read(i)).forEach(field -> written.add(field.getName()));
    }
    return passes;
  }

  /**
   * The pipeline with what was learned.
   *
   * @throws IllegalArgumentException unless it has the {@link #learnedSchema}
   */
  public FittedPipeline fitted(Row learned) {
    Schema expected = learnedSchema();
    // Schemas that were made in two JVMs are never equal: Beam compares their hashes, and these are
    // of enums, whose hashes differ.
    if (!learned.getSchema().getFieldNames().equals(expected.getFieldNames())
        || !learned.getSchema().equivalent(expected)) {
      throw new IllegalArgumentException(
          "what was learned must have the fields "
              + expected.getFields()
              + ", but has "
              + learned.getSchema().getFields());
    }
    return new FittedPipeline(this, learned, steps.size());
  }

  /** Fits the pipeline to rows at hand, without a runner. */
  public FittedPipeline fit(Iterable<Row> all) {
    Row learned = Row.withSchema(learnedSchema(0)).build();
    List<Integer> passes = passes();
    for (int i = 0; i < passes.size(); i++) {
      LearningPass pass = LearningPass.of(this, i);
      FittedPipeline prior = new FittedPipeline(this, learned, pass.from());
      learned = pass.add(learned, pass.learn(all, prior));
    }
    return fitted(learned);
  }

  /**
   * Rows in, of this pipeline's schema; what is learned out, one Row of {@link #learnedSchema},
   * also for no rows. In the global window of bounded rows.
   */
  public FitFeatures fit() {
    return FitFeatures.of(this);
  }

  /**
   * Rows in; rows of {@link #schema} out.
   *
   * @param learned what {@link #fit} gives, as a singleton
   */
  public ApplyFeatures apply(PCollectionView<Row> learned) {
    return ApplyFeatures.of(this, learned);
  }

  @Override
  public String toString() {
    return steps.toString();
  }

  /** What a step learned, by its names. */
  Map<String, @Nullable Object> learned(Row learned, int step) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (String name : steps.get(step).learns().keySet()) {
      values.put(name, learned.getValue(learnedName(step, name)));
    }
    return values;
  }
}
