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
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * What a category says of the target: {@code (n y_c + m y) / (n + m)}, a double in the category's
 * place, with the mean {@code y_c} of the target over the {@code n} rows of the category, its mean
 * {@code y} over all rows, and the smoothing {@code m} (Micci-Barreca 2001, the m-estimate). A
 * category that the fit did not see, and a null, are {@code y}; all are null where no row had a
 * target.
 *
 * <p>Out of fold: an entity belongs to one of k folds by its hash, and its encoding is made of the
 * rows of the other folds, so never of its own target. It is the same when the model is trained and
 * when it is served; of a row without entity all folds are used.
 *
 * <p>The target is a number or a truth (1 or 0); rows where it is null teach nothing, and none is
 * needed in rows that are only encoded. The fit has each different category in memory.
 */
public final class TargetEncoder implements FeatureStep {
  private static final String SUMS = "sums";
  private static final long serialVersionUID = 1L;

  private final String category;
  private final String target;
  private final String entity;
  private final int folds;
  private final double smoothing;

  private TargetEncoder(
      String category, String target, String entity, int folds, double smoothing) {
    this.category = category;
    this.target = target;
    this.entity = entity;
    this.folds = folds;
    this.smoothing = smoothing;
  }

  /**
   * Encodes a column of categories by another of targets.
   *
   * @param category a column of texts, truths or whole numbers
   * @param target a column of numbers or truths
   * @param entity the column, of texts, whole numbers or uuids, whose rows stay in one fold
   */
  public static TargetEncoder of(String category, String target, String entity) {
    return new TargetEncoder(category, target, entity, 5, 10);
  }

  /**
   * How many folds, 2 to 100. Default: 5.
   *
   * @throws IllegalArgumentException if there are fewer or more
   */
  public TargetEncoder withFolds(int number) {
    if (number < 2 || number > 100) {
      throw new IllegalArgumentException(this + " has 2 to 100 folds, not " + number);
    }
    return new TargetEncoder(category, target, entity, number, smoothing);
  }

  /**
   * How many rows of the mean are put to each category's own. Default: 10.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public TargetEncoder withSmoothing(double rows) {
    if (!(rows >= 0) || Double.isInfinite(rows)) {
      throw new IllegalArgumentException(this + " has a smoothing of 0 or more, not " + rows);
    }
    return new TargetEncoder(category, target, entity, folds, rows);
  }

  @Override
  public List<String> columns() {
    return List.of(category, target, entity);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(SUMS, new TargetSums(toString(), folds));
  }

  @Override
  public List<Field> writes(Schema columns) {
    Categories.check("TargetEncoder", category, columns.getField(category).getType());
    FieldType targets = columns.getField(target).getType();
    if (targets.getTypeName() != TypeName.BOOLEAN) {
      Numbers.check(toString() + ", the target", target, targets);
    }
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
  public Applied fitted(Map<String, @Nullable Object> learned) {
    Map<?, ?> sums = learned.get(SUMS) instanceof Map<?, ?> map ? map : Map.of();
    Map<Object, Encoding> encodings = new HashMap<>();
    double[] all = new double[2 * (folds + 1)];
    // In one order, so that rounding is the same wherever the map comes from.
    for (Object each : sums.keySet().stream().sorted().toList()) {
      double[] counted = Numbers.list(sums.get(each));
      if (counted != null) {
        encodings.put(each, new Encoding(counted));
        for (int i = 0; i < all.length; i++) {
          all[i] += counted[i];
        }
      }
    }
    Encoding every = new Encoding(all);
    return values -> {
      int out = fold(values.get(2), folds);
      Double mean = every.mean(out);
      Object value = values.get(0);
      Encoding encoding = value == null ? null : encodings.get(value);
      return Collections.singletonList(
          mean == null || encoding == null
              ? mean
              : (Double) encoding.smoothed(out, mean, smoothing));
    };
  }

  /** The rows and the sum of a category's targets by fold, those without entity last. */
  private static final class Encoding {
    private final double[] sums;

    Encoding(double[] sums) {
      this.sums = sums;
    }

    /** The mean of the folds but one; null when they have no row. */
    @Nullable Double mean(int out) {
      double count = total(0, out);
      return count == 0 ? null : (Double) (total(1, out) / count);
    }

    double smoothed(int out, double mean, double smoothing) {
      double weight = total(0, out) + smoothing;
      return weight == 0 ? mean : (total(1, out) + smoothing * mean) / weight;
    }

    private double total(int what, int out) {
      double total = 0;
      for (int i = what; i < sums.length; i += 2) {
        if (i / 2 != out) {
          total += sums[i];
        }
      }
      return total;
    }
  }

  @Override
  public String toString() {
    return "TargetEncoder of " + category + " by " + target;
  }
}
