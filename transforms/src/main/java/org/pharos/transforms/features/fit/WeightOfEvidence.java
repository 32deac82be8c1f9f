package org.pharos.transforms.features.fit;

import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;

/**
 * How much a category speaks for a truth: {@code ln(((t_c + 1) / (t + 2)) / ((f_c + 1) / (f +
 * 2)))}, a double in the category's place, of the rows of the category where the target is true and
 * false, {@code t_c} and {@code f_c}, and of all rows, {@code t} and {@code f} (category_encoders'
 * WOEEncoder). 0 speaks for neither, as a category does that the fit did not see, and a null; all
 * are null where no row had a target.
 *
 * <p>Out of fold, as {@link TargetEncoder} says: never by an entity's own targets, neither in
 * training nor when it is served. The fit has each different category in memory.
 */
public final class WeightOfEvidence extends FoldedTargets {
  private static final long serialVersionUID = 1L;

  private WeightOfEvidence(String category, String target, String entity, int folds) {
    super(category, target, entity, folds);
  }

  /**
   * Encodes a column of categories by another of truths.
   *
   * @param category a column of texts, truths or whole numbers
   * @param target a column of truths
   * @param entity the column, of texts, whole numbers or uuids, whose rows stay in one fold
   */
  public static WeightOfEvidence of(String category, String target, String entity) {
    return new WeightOfEvidence(category, target, entity, FOLDS);
  }

  /**
   * How many folds, 2 to 100. Default: 5.
   *
   * @throws IllegalArgumentException if there are fewer or more
   */
  public WeightOfEvidence withFolds(int number) {
    return new WeightOfEvidence(category(), target(), entity(), number);
  }

  @Override
  void checkTargets(FieldType type) {
    if (type.getTypeName() != TypeName.BOOLEAN) {
      throw new IllegalArgumentException(
          this + " needs truths, but the target is " + type.getTypeName());
    }
  }

  @Override
  double encoded(Targets own, Targets all) {
    double yes = (own.sum() + 1) / (all.sum() + 2);
    double no = (own.rows() - own.sum() + 1) / (all.rows() - all.sum() + 2);
    return Math.log(yes / no);
  }

  @Override
  double unknown(Targets all) {
    return 0;
  }
}
