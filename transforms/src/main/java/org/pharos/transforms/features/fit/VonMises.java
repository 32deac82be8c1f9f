package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A number that goes round, such as an hour, as a list of doubles in its place: how near it is to
 * each of some points, as the density there of a von Mises distribution about it (as featran's
 * VonMises):
 *
 * <pre>{@code
 * exp(k cos(2 pi (point - x) / period)) / (2 pi I0(k))
 * }</pre>
 *
 * <p>with the modified Bessel function I0. A null is all zeros, a NaN all NaN. Nothing is learned.
 */
public final class VonMises extends ColumnStep {
  private static final double MOST_CONCENTRATED = 500;
  private static final long serialVersionUID = 1L;

  private final double period;
  private final double concentration;
  private final double[] points;

  private VonMises(String column, double period, double concentration, double[] points) {
    super(column);
    this.period = period;
    this.concentration = concentration;
    this.points = points;
    if (!(period > 0) || Double.isInfinite(period)) {
      throw new IllegalArgumentException(this + " needs a period above 0, not " + period);
    }
    if (!(concentration >= 0 && concentration <= MOST_CONCENTRATED)) {
      throw new IllegalArgumentException(
          this + " needs a concentration of 0 to " + MOST_CONCENTRATED + ", not " + concentration);
    }
    if (points.length == 0) {
      throw new IllegalArgumentException(this + " needs a point or more");
    }
  }

  /**
   * Spreads this column of numbers.
   *
   * @param period after which it begins anew: 24 for hours
   * @param concentration 0, which is as near to all points, to 500: 1 / concentration is about the
   *     variance, in radians
   * @param points where the density is told, such as 0, 6, 12 and 18
   */
  public static VonMises of(String column, double period, double concentration, double... points) {
    return new VonMises(column, period, concentration, points.clone());
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("VonMises", column(), type);
    return List.of(Field.of(column(), FieldType.array(FieldType.DOUBLE)));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    double scale = 2 * Math.PI * bessel(concentration);
    return value -> {
      Double number = Numbers.of(value);
      List<Double> densities = new ArrayList<>(points.length);
      for (double point : points) {
        densities.add(
            number == null
                ? 0.0
                : Math.exp(concentration * Math.cos(2 * Math.PI * (point - number) / period))
                    / scale);
      }
      return Collections.singletonList(densities);
    };
  }

  /** I0, by its series: sum of ((k/2)^n / n!)^2. */
  private static double bessel(double k) {
    double sum = 1;
    double term = 1;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= k / 2 / n * (k / 2 / n);
      sum += term;
    }
    return sum;
  }
}
