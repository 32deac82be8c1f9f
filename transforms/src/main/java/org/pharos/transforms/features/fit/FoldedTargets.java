package org.pharos.transforms.features.fit;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * A category told by the targets of its rows: a double in the category's place, null where no row
 * had a target.
 *
 * <p>Out of fold: an entity belongs to one of k folds by its hash, and its encoding is made of the
 * rows of the other folds, so never of its own target. It is the same when the model is trained and
 * when it is served; of a row without entity all folds are used.
 */
abstract class FoldedTargets implements FeatureStep {
  static final int FOLDS = 5;

  private static final String SUMS = "sums";
  private static final long serialVersionUID = 1L;

  private final String category;
  private final String target;
  private final String entity;
  private final int folds;

  FoldedTargets(String category, String target, String entity, int folds) {
    this.category = category;
    this.target = target;
    this.entity = entity;
    if (folds < 2 || folds > 100) {
      throw new IllegalArgumentException(this + " has 2 to 100 folds, not " + folds);
    }
    this.folds = folds;
  }

  /** Rows that have a target, and the sum of their targets. */
  record Targets(double rows, double sum) {
    double mean() {
      return sum / rows;
    }
  }

  /** What a category is told by its targets, and those of all. */
  abstract double encoded(Targets own, Targets all);

  /** What a category is told that no row had. */
  abstract double unknown(Targets all);

  /**
   * @throws IllegalArgumentException if these are no targets
   */
  abstract void checkTargets(FieldType type);

  final String category() {
    return category;
  }

  final String target() {
    return target;
  }

  final String entity() {
    return entity;
  }

  final int folds() {
    return folds;
  }

  @Override
  public final List<String> columns() {
    return List.of(category, target, entity);
  }

  @Override
  public final Map<String, Aggregation> learns() {
    return Map.of(SUMS, new TargetSums(toString(), folds));
  }

  @Override
  public final List<Field> writes(Schema columns) {
    Categories.check(getClass().getSimpleName(), category, columns.getField(category).getType());
    checkTargets(columns.getField(target).getType());
    return List.of(Field.nullable(category, FieldType.DOUBLE));
  }

  /** The fold of an entity, from 0; -1 for none. */
  static int fold(@Nullable Object entity, int folds) {
    if (entity == null) {
      return -1;
    }
    CRC32C hash = new CRC32C();
    hash.update(entity.toString().getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % folds);
  }

  @Override
  public final Applied fitted(Map<String, @Nullable Object> learned) {
    Map<?, ?> sums = learned.get(SUMS) instanceof Map<?, ?> map ? map : Map.of();
    Map<Object, double[]> categories = new HashMap<>();
    double[] every = new double[2 * (folds + 1)];
    // In one order, so that rounding is the same wherever the map comes from.
    for (Object each : sums.keySet().stream().sorted().toList()) {
      double[] counted = Numbers.list(sums.get(each));
      if (counted != null) {
        categories.put(each, counted);
        for (int i = 0; i < every.length; i++) {
          every[i] += counted[i];
        }
      }
    }
    return values -> {
      int out = fold(values.get(2), folds);
      Targets all = targets(every, out);
      if (all.rows() == 0) {
        return Collections.singletonList(null);
      }
      Object value = values.get(0);
      double[] counted = value == null ? null : categories.get(value);
      Targets own = counted == null ? new Targets(0, 0) : targets(counted, out);
      return Collections.singletonList(own.rows() == 0 ? unknown(all) : encoded(own, all));
    };
  }

  /**
   * The targets of all folds but one.
   *
   * @param counted rows and sum by fold, those without entity last
   */
  private static Targets targets(double[] counted, int out) {
    double rows = 0;
    double sum = 0;
    for (int fold = 0; 2 * fold < counted.length; fold++) {
      if (fold != out) {
        rows += counted[2 * fold];
        sum += counted[2 * fold + 1];
      }
    }
    return new Targets(rows, sum);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " of " + category + " by " + target;
  }
}
