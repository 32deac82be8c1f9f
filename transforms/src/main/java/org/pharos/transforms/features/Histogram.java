package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many values of a field lie between given edges: an array of one count more than there are
 * edges, for the values below the first edge, from each edge to below the next, and from the last
 * edge on. NaN counts as above all. Without values all counts are 0.
 */
public final class Histogram implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final double[] edges;

  private Histogram(String field, double[] edges) {
    this.field = field;
    this.edges = edges;
  }

  /**
   * The histogram of a field.
   *
   * @throws IllegalArgumentException unless there are edges, in ascending order
   */
  public static Histogram of(String field, double... edges) {
    boolean ascending = edges.length > 0 && !Double.isNaN(edges[0]);
    for (int i = 1; i < edges.length; i++) {
      ascending &= edges[i] > edges[i - 1];
    }
    if (!ascending) {
      throw new IllegalArgumentException(
          "the edges of a histogram are 1 number or more in ascending order, not "
              + Arrays.toString(edges));
    }
    return new Histogram(Objects.requireNonNull(field, "field"), edges.clone());
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64, DECIMAL, FLOAT, DOUBLE -> new Buckets(edges);
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return "histogram of " + field + " by " + Arrays.toString(edges);
  }

  private static final class Buckets implements Aggregator<long[]> {
    private static final long serialVersionUID = 1L;

    private final double[] edges;

    Buckets(double[] edges) {
      this.edges = edges;
    }

    @Override
    public FieldType resultType() {
      return FieldType.array(FieldType.INT64);
    }

    @Override
    public FieldType stateType() {
      return FieldType.array(FieldType.INT64);
    }

    @Override
    public long[] prepare() {
      return new long[edges.length + 1];
    }

    @Override
    public long[] update(long[] state, Object value, Instant at) {
      // Adding 0 makes one number of both zeros, which a binary search would tell apart.
      int found = Arrays.binarySearch(edges, ((Number) value).doubleValue() + 0.0);
      state[found >= 0 ? found + 1 : -found - 1]++;
      return state;
    }

    @Override
    public long[] merge(long[] left, long[] right) {
      for (int i = 0; i < left.length; i++) {
        left[i] += right[i];
      }
      return left;
    }

    @Override
    public Object finish(long[] state, Instant asOf) {
      return store(state);
    }

    @Override
    public Object store(long[] state) {
      List<Long> counts = new ArrayList<>(state.length);
      for (long count : state) {
        counts.add(count);
      }
      return counts;
    }

    @Override
    public long[] restore(@Nullable Object stored) {
      long[] state = prepare();
      if (stored != null) {
        int i = 0;
        for (Object count : (Collection<?>) stored) {
          state[i++] = (Long) count;
        }
      }
      return state;
    }
  }
}
