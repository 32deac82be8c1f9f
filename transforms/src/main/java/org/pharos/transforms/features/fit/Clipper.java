package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Quantiles;

/**
 * A number that is not below a least nor above a greatest value, a double in its place. A null
 * stays null and a NaN NaN; where the fit saw no value, all stay what they are.
 */
public final class Clipper extends ColumnStep {
  private static final String QUANTILES = "quantiles";
  private static final long serialVersionUID = 1L;

  private final double low;
  private final double high;
  private final Limits limits;

  private enum Limits {
    GIVEN,
    QUANTILES,
    FENCES
  }

  private Clipper(String column, double low, double high, Limits limits) {
    super(column);
    this.low = low;
    this.high = high;
    this.limits = limits;
  }

  /**
   * To limits that are given; nothing is learned. An infinite one is none.
   *
   * @throws IllegalArgumentException unless {@code low <= high}
   */
  public static Clipper of(String column, double low, double high) {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "Clipper of " + column + " needs a low limit that is not above " + high + ": " + low);
    }
    return new Clipper(column, low, high, Limits.GIVEN);
  }

  /**
   * To {@link Quantiles} of the values (winsorizing): exact to 200 values, beyond by a sketch.
   *
   * @throws IllegalArgumentException unless {@code 0 <= low <= high <= 1}
   */
  public static Clipper quantiles(String column, double low, double high) {
    if (!(low >= 0 && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "Clipper of " + column + " needs ranks 0 <= low <= high <= 1, not " + low + ", " + high);
    }
    return new Clipper(column, low, high, Limits.QUANTILES);
  }

  /**
   * To Tukey's fences, {@code q25 - factor (q75 - q25)} and {@code q75 + factor (q75 - q25)}, with
   * the quartiles of {@link Quantiles}.
   *
   * @param factor usually 1.5
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public static Clipper fences(String column, double factor) {
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "Clipper of " + column + " needs a factor of 0 or more, not " + factor);
    }
    return new Clipper(column, factor, factor, Limits.FENCES);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return switch (limits) {
      case GIVEN -> Map.of();
      case QUANTILES -> Map.of(QUANTILES, Quantiles.of(column(), low, high));
      case FENCES -> Map.of(QUANTILES, Quantiles.of(column(), 0.25, 0.75));
    };
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("Clipper", column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    double[] range = range(Numbers.list(learned.get(QUANTILES)));
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(
          number == null ? null : (Double) Math.max(range[0], Math.min(range[1], number)));
    };
  }

  private double[] range(double @Nullable [] quantiles) {
    if (limits == Limits.GIVEN) {
      return new double[] {low, high};
    }
    if (quantiles == null) {
      return new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
    }
    double beyond = limits == Limits.FENCES ? low * (quantiles[1] - quantiles[0]) : 0;
    return new double[] {quantiles[0] - beyond, quantiles[1] + beyond};
  }
}
