package org.pharos.transforms.features.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.Variance;

/**
 * {@code (x - mean) / deviation}, with the deviation of the population (scikit-learn's
 * StandardScaler, ddof 0). Of a constant column 0. Nulls as {@link FeatureStep} says: a null stays
 * null.
 */
public final class StandardScaler extends Scaler {
  private static final long serialVersionUID = 1L;

  private StandardScaler(String column) {
    super(column);
  }

  /** Scales this column of numbers. */
  public static StandardScaler of(String column) {
    return new StandardScaler(column);
  }

  @Override
  public Map<String, Aggregation> learns() {
    Map<String, Aggregation> learns = new LinkedHashMap<>();
    learns.put("mean", Mean.of(column()));
    learns.put("deviation", Variance.of(column()).asDeviation());
    return learns;
  }

  @Override
  @Nullable Double offset(Map<String, @Nullable Object> learned) {
    return Numbers.of(learned.get("mean"));
  }

  @Override
  double scale(Map<String, @Nullable Object> learned) {
    return number(learned, "deviation");
  }
}
