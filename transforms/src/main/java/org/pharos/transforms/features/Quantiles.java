package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The values of a field at given ranks, such as the median at 0.5: an array of a double for each
 * rank, null when there is no value. Rank r gives the least value that at least the share r of all
 * values does not exceed; NaN is no value.
 *
 * <p>Up to 200 values it is exact; of more it is by a KLL sketch of Apache DataSketches (k = 200, 3
 * KB an entity or so), whose value has a rank that is off by less than 0.0133 with 99 % confidence.
 * The sketch draws lots: beyond that, the result of the same events may differ from run to run and
 * with how they were split.
 *
 * <p>It needs {@code org.apache.datasketches:datasketches-java} on the class path, which the doors
 * do not bring.
 */
public final class Quantiles implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final List<Double> ranks;

  private Quantiles(String field, List<Double> ranks) {
    this.field = field;
    this.ranks = ranks;
  }

  /**
   * At these ranks.
   *
   * @throws IllegalArgumentException unless there is one or more, each from 0 to 1
   */
  public static Quantiles of(String field, double... ranks) {
    if (ranks.length == 0 || Arrays.stream(ranks).anyMatch(rank -> !(rank >= 0 && rank <= 1))) {
      throw new IllegalArgumentException(
          "the ranks of quantiles are 1 number or more from 0 to 1, not " + Arrays.toString(ranks));
    }
    return new Quantiles(
        Objects.requireNonNull(field, "field"), Arrays.stream(ranks).boxed().toList());
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64, DECIMAL, FLOAT, DOUBLE -> new Sketch(ranks);
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return "quantiles " + ranks + " of " + field;
  }

  private record Sketch(List<Double> ranks) implements Aggregator<KllDoublesSketch> {

    @Override
    public FieldType resultType() {
      return FieldType.array(FieldType.DOUBLE).withNullable(true);
    }

    /** As DataSketches writes it. */
    @Override
    public FieldType stateType() {
      return FieldType.BYTES;
    }

    @Override
    public KllDoublesSketch prepare() {
      return KllDoublesSketch.newHeapInstance();
    }

    @Override
    public KllDoublesSketch update(KllDoublesSketch state, Object value, Instant at) {
      state.update(((Number) value).doubleValue());
      return state;
    }

    @Override
    public KllDoublesSketch merge(KllDoublesSketch left, KllDoublesSketch right) {
      left.merge(right);
      return left;
    }

    @Override
    public @Nullable Object finish(KllDoublesSketch state, Instant asOf) {
      if (state.isEmpty()) {
        return null;
      }
      List<Double> quantiles = new ArrayList<>();
      for (double rank : ranks) {
        quantiles.add(state.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE));
      }
      return quantiles;
    }

    @Override
    public Object store(KllDoublesSketch state) {
      return state.toByteArray();
    }

    @Override
    public KllDoublesSketch restore(@Nullable Object stored) {
      return stored == null ? prepare() : KllDoublesSketch.heapify(Memory.wrap((byte[]) stored));
    }
  }
}
