package org.pharos.transforms.features.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Min;

/**
 * {@code (x - min) / (max - min)}: 0 to 1 for what the fit saw, beyond for what it did not
 * (scikit-learn's MinMaxScaler). Of a constant column {@code x - min}. A null stays null.
 */
public final class MinMaxScaler extends Scaler {
  private static final long serialVersionUID = 1L;

  private MinMaxScaler(String column) {
    super(column);
  }

  /** Scales this column of numbers. */
  public static MinMaxScaler of(String column) {
    return new MinMaxScaler(column);
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
    return Numbers.of(learned.get("min"));
  }

  @Override
  double scale(Map<String, @Nullable Object> learned) {
    return number(learned, "max") - number(learned, "min");
  }
}
