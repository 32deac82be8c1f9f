package org.pharos.transforms.features.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Min;

/**
 * {@code x / max |x|}: a zero stays zero (scikit-learn's MaxAbsScaler). Of a column of zeros {@code
 * x}. A null stays null.
 */
public final class MaxAbsScaler extends Scaler {
  private static final long serialVersionUID = 1L;

  private MaxAbsScaler(String column) {
    super(column);
  }

  /** Scales this column of numbers. */
  public static MaxAbsScaler of(String column) {
    return new MaxAbsScaler(column);
  }

  @Override
  public Map<String, Aggregation> learns() {
    Map<String, Aggregation> learns = new LinkedHashMap<>();
    learns.put("min", Min.of(column()));
    learns.put("max", Max.of(column()));
    return learns;
  }

  @Override
  @Nullable Double offset(Map<String, @Nullable Object> learned) {
    return learned.get("min") == null ? null : Double.valueOf(0);
  }

  @Override
  double scale(Map<String, @Nullable Object> learned) {
    return Math.max(Math.abs(number(learned, "min")), Math.abs(number(learned, "max")));
  }
}
