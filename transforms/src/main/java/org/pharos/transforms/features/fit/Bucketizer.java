package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * The number of the bucket of a number, a bigint in its place: 0 below the first edge, {@code i}
 * where {@code edge[i-1] <= x < edge[i]}, the last from the last edge on (TensorFlow Transform's
 * apply_buckets). A NaN is in the last bucket, a null stays null. Nothing is learned.
 */
public final class Bucketizer extends ColumnStep {
  private static final long serialVersionUID = 1L;

  private final double[] edges;

  private Bucketizer(String column, double[] edges) {
    super(column);
    this.edges = edges;
  }

  /**
   * Buckets of this column of numbers.
   *
   * @throws IllegalArgumentException unless there is an edge, and each is greater than the one
   *     before
   */
  public static Bucketizer of(String column, double... edges) {
    boolean rises = edges.length > 0 && !Double.isNaN(edges[0]);
    for (int i = 1; i < edges.length; i++) {
      rises &= edges[i - 1] < edges[i];
    }
    if (!rises) {
      throw new IllegalArgumentException(
          "Bucketizer of " + column + " needs edges that rise, not " + Arrays.toString(edges));
    }
    return new Bucketizer(column, Arrays.stream(edges).map(edge -> edge + 0.0).toArray());
  }

  @Override
  List<Field> writes(FieldType type) {
    Numbers.check("Bucketizer", column(), type);
    return List.of(Field.nullable(column(), FieldType.INT64));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    return bucket(edges);
  }

  /** The bucket between edges that rise. */
  static Function bucket(double[] edges) {
    return value -> {
      Double number = Numbers.of(value);
      return Collections.singletonList(number == null ? null : (Long) bucket(edges, number));
    };
  }

  private static long bucket(double[] edges, double number) {
    // -0.0 is 0.0 here, as everywhere in arithmetic.
    int place = Arrays.binarySearch(edges, number + 0.0);
    return place >= 0 ? place + 1 : -(place + 1);
  }
}
