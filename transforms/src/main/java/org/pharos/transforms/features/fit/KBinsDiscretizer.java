package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Max;
import org.pharos.transforms.features.Min;
import org.pharos.transforms.features.Quantiles;

/**
 * The number of the bin of a number, a bigint in its place, from 0 (scikit-learn's
 * KBinsDiscretizer, ordinal): {@code edge[i-1] <= x < edge[i]} as in {@link Bucketizer}, with edges
 * that are learned. What lies beyond the values of the fit is in the first or the last bin, a NaN
 * in the last; a null stays null, and all are null where the fit saw no value.
 */
public final class KBinsDiscretizer extends ColumnStep {
  private static final String EDGES = "edges";
  private static final String MIN = "min";
  private static final String MAX = "max";
  private static final long serialVersionUID = 1L;

  private final int bins;
  private final boolean uniform;

  private KBinsDiscretizer(String column, int bins, boolean uniform) {
    super(column);
    if (bins < 2 || bins > 10_000) {
      throw new IllegalArgumentException(
          "KBinsDiscretizer of " + column + " has 2 to 10000 bins, not " + bins);
    }
    this.bins = bins;
    this.uniform = uniform;
  }

  /**
   * Bins that hold as many values each, with the {@link Quantiles} at {@code 1/bins, 2/bins, ...}
   * as edges: exact to 200 values, beyond by a sketch. Equal edges are one, and one that is the
   * least value is none, so there may be fewer bins.
   *
   * @param bins 2 to 10,000
   */
  public static KBinsDiscretizer quantile(String column, int bins) {
    return new KBinsDiscretizer(column, bins, false);
  }

  /**
   * Bins that are as wide each, from the least value to the greatest; of a constant column all is
   * in one.
   *
   * @param bins 2 to 10,000
   */
  public static KBinsDiscretizer uniform(String column, int bins) {
    return new KBinsDiscretizer(column, bins, true);
  }

  @Override
  public Map<String, Aggregation> learns() {
    Map<String, Aggregation> learns = new LinkedHashMap<>();
    if (uniform) {
      learns.put(MIN, Min.of(column()));
      learns.put(MAX, Max.of(column()));
    } else {
      double[] ranks = IntStream.range(0, bins).mapToDouble(i -> (double) i / bins).toArray();
      learns.put(EDGES, Quantiles.of(column(), ranks));
    }
    return learns;
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("KBinsDiscretizer", column(), type);
    return List.of(Field.nullable(column(), FieldType.INT64));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    double[] edges = edges(learned);
    return edges == null ? Numbers.NULL : Bucketizer.bucket(edges);
  }

  private double @Nullable [] edges(Map<String, @Nullable Object> learned) {
    if (uniform) {
      Double min = Numbers.of(learned.get(MIN));
      Double max = Numbers.of(learned.get(MAX));
      return min == null || max == null
          ? null
          : IntStream.range(1, bins)
              .mapToDouble(i -> min + (max - min) * i / bins)
              .distinct()
              .filter(edge -> edge > min)
              .toArray();
    }
    double[] quantiles = Numbers.list(learned.get(EDGES));
    return quantiles == null ? null : Arrays.stream(quantiles).distinct().skip(1).toArray();
  }
}
