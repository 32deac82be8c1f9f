package org.pharos.transforms.features.fit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Aggregator;

/**
 * Of Rows of a number and a class: the edges between numbers that tell the classes apart, which
 * rise. Numbers are cut in two where the entropy of the classes is least, and the parts again, as
 * long as a cut gains more than it costs to describe (Fayyad and Irani, Multi-interval
 * discretization of continuous-valued attributes, IJCAI 1993):
 *
 * <pre>{@code
 * gain > (log2(N - 1) + log2(3^k - 2) - k H + k1 H1 + k2 H2) / N
 * }</pre>
 *
 * <p>with N rows and k classes of entropy H in all, and the same of both parts.
 *
 * @param step that asks
 */
record MdlpEdges(String step) implements Aggregation {

  @Override
  public Optional<String> field() {
    return Optional.empty();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    if (values.getRowSchema() == null) {
      throw new IllegalArgumentException(this + " need Rows");
    }
    return new Counts(values.getRowSchema().getField(1).getType().withNullable(false));
  }

  @Override
  public String toString() {
    return "edges of " + step;
  }

  /** The state: how often each number came with each class. */
  private record Counts(FieldType classes)
      implements Aggregator<SortedMap<Double, Map<Object, Long>>> {

    @Override
    public FieldType resultType() {
      return FieldType.array(FieldType.DOUBLE).withNullable(true);
    }

    @Override
    public FieldType stateType() {
      return FieldType.map(FieldType.DOUBLE, FieldType.map(classes, FieldType.INT64));
    }

    @Override
    public SortedMap<Double, Map<Object, Long>> prepare() {
      return new TreeMap<>();
    }

    @Override
    public SortedMap<Double, Map<Object, Long>> update(
        SortedMap<Double, Map<Object, Long>> state, Object value, Instant at) {
      Row row = (Row) value;
      Double number = Numbers.of(row.getValue(0));
      Object named = row.getValue(1);
      if (number != null && named != null) {
        // Adding 0 makes one of the two zeros.
        counts(state, number + 0.0).merge(named, 1L, Long::sum);
      }
      return state;
    }

    private static Map<Object, Long> counts(
        SortedMap<Double, Map<Object, Long>> state, Double number) {
      return state.computeIfAbsent(number, key -> new HashMap<>());
    }

    @Override
    public SortedMap<Double, Map<Object, Long>> merge(
        SortedMap<Double, Map<Object, Long>> left, SortedMap<Double, Map<Object, Long>> right) {
      right.forEach(
          (number, counts) ->
              counts.forEach(
                  (named, count) -> counts(left, number).merge(named, count, Long::sum)));
      return left;
    }

    @Override
    public @Nullable Object finish(SortedMap<Double, Map<Object, Long>> state, Instant asOf) {
      return state.isEmpty() ? null : new MdlpCuts(state).edges();
    }

    @Override
    public Object store(SortedMap<Double, Map<Object, Long>> state) {
      return state;
    }

    @Override
    public SortedMap<Double, Map<Object, Long>> restore(@Nullable Object stored) {
      SortedMap<Double, Map<Object, Long>> state = new TreeMap<>();
      if (stored != null) {
        ((Map<?, ?>) stored)
            .forEach(
                (number, counts) ->
                    ((Map<?, ?>) counts)
                        .forEach(
                            (named, count) ->
                                counts(state, (Double) number)
                                    .merge(named, (Long) count, Long::sum)));
      }
      return state;
    }
  }
}
