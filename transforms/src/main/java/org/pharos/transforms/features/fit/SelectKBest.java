package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;

/**
 * The columns that tell most of a target, each by itself: a list of so many doubles, in the
 * columns' order, behind the columns, which stay (scikit-learn's SelectKBest). A null is NaN in it.
 * The fit takes a row for the columns that it has a number in, if it has a target (scikit-learn
 * refuses nulls). A column that no score can be told of, such as a constant one, is chosen last; of
 * equal scores the first columns are. What is learned are the scores.
 */
public final class SelectKBest extends ColumnChoice {
  private static final String SCORES = "scores";
  private static final long serialVersionUID = 1L;

  private final ColumnScores.Score score;
  private final String target;
  private final int most;

  private SelectKBest(
      ColumnScores.Score score, String name, int most, String target, String... columns) {
    super(name, Columns.several("SelectKBest " + name, columns));
    this.score = score;
    this.target = target;
    this.most = most;
    if (most < 1 || most > columns.length) {
      throw new IllegalArgumentException(
          this + " chooses 1 to " + columns.length + " columns, not " + most);
    }
  }

  /**
   * By the F of an analysis of variance (scikit-learn's f_classif): the variance between classes by
   * that within them.
   *
   * @param name of the field that is written
   * @param most how many columns are chosen
   * @param target a column of texts, truths or whole numbers: the classes
   * @param columns of numbers
   */
  public static SelectKBest anovaF(String name, int most, String target, String... columns) {
    return new SelectKBest(ColumnScores.Score.ANOVA_F, name, most, target, columns);
  }

  /**
   * By chi squared (scikit-learn's chi2): how far the sums of classes are from what independence
   * would have.
   *
   * @param name of the field that is written
   * @param most how many columns are chosen
   * @param target a column of texts, truths or whole numbers: the classes
   * @param columns of numbers that are not negative, such as counts: one that is fails the fit
   */
  public static SelectKBest chiSquared(String name, int most, String target, String... columns) {
    return new SelectKBest(ColumnScores.Score.CHI_SQUARED, name, most, target, columns);
  }

  /**
   * By the F of a linear regression (scikit-learn's f_regression): {@code r^2 / (1 - r^2) * (n -
   * 2)} of the correlation r.
   *
   * @param name of the field that is written
   * @param most how many columns are chosen
   * @param target a column of numbers
   * @param columns of numbers
   */
  public static SelectKBest regressionF(String name, int most, String target, String... columns) {
    return new SelectKBest(ColumnScores.Score.REGRESSION_F, name, most, target, columns);
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    columns.add(target);
    columns.addAll(chosenFrom());
    return columns;
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(SCORES, new ColumnScores(toString(), score));
  }

  @Override
  public List<Field> writes(Schema columns) {
    if (score.isOfClasses()) {
      Categories.check("SelectKBest", target, columns.getField(0).getType());
    } else {
      Numbers.check("SelectKBest", target, columns.getField(0).getType());
    }
    columns.getFields().stream()
        .skip(1)
        .forEach(field -> Numbers.check("SelectKBest", field.getName(), field.getType()));
    return written();
  }

  @Override
  List<Integer> chosen(Map<String, @Nullable Object> learned) {
    double[] scores = Numbers.list(learned.get(SCORES));
    // NaN is the greatest number to a sort, and must be the least here.
    Comparator<Integer> best =
        Comparator.comparingDouble(
            place -> scores == null || Double.isNaN(scores[place - 1]) ? 1 : -scores[place - 1]);
    return IntStream.rangeClosed(1, chosenFrom().size())
        .boxed()
        .sorted(best)
        .limit(most)
        .sorted()
        .toList();
  }
}
