package org.pharos.transforms.features.fit;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Quantiles;

/**
 * {@code (x - median) / (q75 - q25)}, which a few extreme values do not move (scikit-learn's
 * RobustScaler, with the quantiles of {@link Quantiles}: values that occurred, where scikit-learn
 * interpolates; exact to 200 values, beyond by a sketch). Where both quartiles are one {@code x -
 * median}. A null stays null.
 */
public final class RobustScaler extends Scaler {
  private static final String QUARTILES = "quartiles";
  private static final long serialVersionUID = 1L;

  private RobustScaler(String column) {
    super(column);
  }

  /** Scales this column of numbers. */
  public static RobustScaler of(String column) {
    return new RobustScaler(column);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(QUARTILES, Quantiles.of(column(), 0.25, 0.5, 0.75));
  }

  @Override
  @Nullable Double offset(Map<String, @Nullable Object> learned) {
    double[] quartiles = Numbers.list(learned.get(QUARTILES));
    return quartiles == null ? null : (Double) quartiles[1];
  }

  @Override
  double scale(Map<String, @Nullable Object> learned) {
    double[] quartiles = Numbers.list(learned.get(QUARTILES));
    return quartiles == null ? 1 : quartiles[2] - quartiles[0];
  }
}
