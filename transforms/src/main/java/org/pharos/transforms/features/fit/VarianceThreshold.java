package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Variance;

/**
 * The columns that vary: a list of doubles of those whose variance over the fit, with n below, is
 * greater than a threshold (scikit-learn's VarianceThreshold), behind the columns, which stay. How
 * long it is tells the fit; a null is NaN in it. A column without values does not vary.
 */
public final class VarianceThreshold extends ColumnChoice {
  private static final long serialVersionUID = 1L;

  private final double threshold;

  private VarianceThreshold(String name, double threshold, List<String> columns) {
    super(name, columns);
    this.threshold = threshold;
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException(this + " has a threshold of 0 or more, not " + threshold);
    }
  }

  /**
   * Chooses of these columns of numbers.
   *
   * @param name of the field that is written
   * @param threshold 0, which leaves out what is constant, or more
   */
  public static VarianceThreshold of(String name, double threshold, String... columns) {
    return new VarianceThreshold(
        name, threshold, Columns.several("VarianceThreshold " + name, columns));
  }

  @Override
  public List<String> columns() {
    return chosenFrom();
  }

  @Override
  public Map<String, Aggregation> learns() {
    Map<String, Aggregation> learns = new LinkedHashMap<>();
    for (int i = 0; i < chosenFrom().size(); i++) {
      learns.put("variance" + i, Variance.of(chosenFrom().get(i)));
    }
    return learns;
  }

  @Override
  public List<Field> writes(Schema columns) {
    Numbers.check("VarianceThreshold", columns);
    return written();
  }

  @Override
  List<Integer> chosen(Map<String, @Nullable Object> learned) {
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < chosenFrom().size(); i++) {
      Double variance = Numbers.of(learned.get("variance" + i));
      if (variance != null && variance > threshold) {
        chosen.add(i);
      }
    }
    return chosen;
  }
}
