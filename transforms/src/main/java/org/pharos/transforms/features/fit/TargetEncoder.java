package org.pharos.transforms.features.fit;

import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;

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
public final class TargetEncoder extends FoldedTargets {
  private static final long serialVersionUID = 1L;

  private final double smoothing;

  private TargetEncoder(
      String category, String target, String entity, int folds, double smoothing) {
    super(category, target, entity, folds);
    if (!(smoothing >= 0) || Double.isInfinite(smoothing)) {
      throw new IllegalArgumentException(this + " has a smoothing of 0 or more, not " + smoothing);
    }
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
    return new TargetEncoder(category, target, entity, FOLDS, 10);
  }

  /**
   * How many folds, 2 to 100. Default: 5.
   *
   * @throws IllegalArgumentException if there are fewer or more
   */
  public TargetEncoder withFolds(int number) {
    return new TargetEncoder(category(), target(), entity(), number, smoothing);
  }

  /**
   * How many rows of the mean are put to each category's own. Default: 10.
   *
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public TargetEncoder withSmoothing(double rows) {
    return new TargetEncoder(category(), target(), entity(), folds(), rows);
  }

  @Override
  void checkTargets(FieldType type) {
    if (type.getTypeName() != TypeName.BOOLEAN) {
      Numbers.check(toString() + ", the target", target(), type);
    }
  }

  @Override
  double encoded(Targets own, Targets all) {
    return (own.sum() + smoothing * all.mean()) / (own.rows() + smoothing);
  }

  @Override
  double unknown(Targets all) {
    return all.mean();
  }
}
