package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Quantiles;

/**
 * A number as the share of all numbers below it, a double from 0 to 1 in its place, or as the
 * number of which a standard normal distribution has that share below it (scikit-learn's
 * QuantileTransformer): whatever the distribution was, it becomes uniform or normal, and outliers
 * come close to the others.
 *
 * <p>The share is interpolated between the {@link Quantiles} at {@code 0, 1/(n-1), ..., 1}, exact
 * to 200 values, beyond by a sketch; of a value that is several quantiles it is the middle of their
 * shares. What lies beyond the values of the fit is as its least or its greatest; a normal share is
 * at least 1e-7 away from 0 and 1, so that all numbers are within 5.2. Of a constant column all
 * that is not greater is the least. A null stays null, a NaN NaN; all are null where the fit saw no
 * value.
 *
 * <p>{@link #normal} needs {@code org.apache.commons:commons-statistics-distribution} on the class
 * path, which the doors do not bring.
 */
public final class QuantileTransformer extends ColumnStep {
  private static final String QUANTILES = "quantiles";
  private static final double EDGE = 1e-7;
  private static final long serialVersionUID = 1L;

  private final int quantiles;
  private final boolean normal;

  private QuantileTransformer(String column, int quantiles, boolean normal) {
    super(column);
    if (quantiles < 2 || quantiles > 10_000) {
      throw new IllegalArgumentException(
          "QuantileTransformer of " + column + " has 2 to 10000 quantiles, not " + quantiles);
    }
    this.quantiles = quantiles;
    this.normal = normal;
  }

  /**
   * Into a uniform distribution from 0 to 1.
   *
   * @param quantiles 2 to 10,000, but no more than there are values; scikit-learn's default is
   *     1,000
   */
  public static QuantileTransformer uniform(String column, int quantiles) {
    return new QuantileTransformer(column, quantiles, false);
  }

  /**
   * Into a normal distribution of mean 0 and deviation 1.
   *
   * @param quantiles 2 to 10,000, but no more than there are values; scikit-learn's default is
   *     1,000
   */
  public static QuantileTransformer normal(String column, int quantiles) {
    return new QuantileTransformer(column, quantiles, true);
  }

  @Override
  public Map<String, Aggregation> learns() {
    double last = quantiles - 1;
    return Map.of(
        QUANTILES,
        Quantiles.of(column(), IntStream.range(0, quantiles).mapToDouble(i -> i / last).toArray()));
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("QuantileTransformer", column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    double[] values = Numbers.list(learned.get(QUANTILES));
    if (values == null) {
      return Numbers.NULL;
    }
    DoubleUnaryOperator shape = normal ? normalShape() : share -> share;
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(
          number == null || number.isNaN()
              ? number
              : (Double) shape.applyAsDouble(share(values, number)));
    };
  }

  private static DoubleUnaryOperator normalShape() {
    NormalDistribution distribution = NormalDistribution.of(0, 1);
    return share ->
        distribution.inverseCumulativeProbability(Math.max(EDGE, Math.min(1 - EDGE, share)));
  }

  /** How much of all lies below a number. */
  private static double share(double[] values, double number) {
    int last = values.length - 1;
    if (number <= values[0]) {
      return 0;
    } else if (number >= values[last]) {
      return 1;
    }
    int found = Arrays.binarySearch(values, number);
    if (found >= 0) {
      int first = found;
      while (values[first - 1] == number) {
        first--;
      }
      int end = found;
      while (values[end + 1] == number) {
        end++;
      }
      return (first + end) / 2.0 / last;
    }
    int above = -found - 1;
    double below = values[above - 1];
    return (above - 1 + (number - below) / (values[above] - below)) / last;
  }
}
