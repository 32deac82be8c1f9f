package org.pharos.transforms.features;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value that a field has most often, null when it has none; of several that are equally
 * frequent the least one in natural order (text by its UTF-16 units), whatever the order of the
 * events. The result has the field's type; the different values of an entity are held in memory.
 */
public final class MostFrequent implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;

  private MostFrequent(String field) {
    this.field = field;
  }

  public static MostFrequent of(String field) {
    return new MostFrequent(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Mode(Comparables.require(values, this));
  }

  @Override
  public String toString() {
    return "most frequent " + field;
  }

  private record Mode(FieldType values) implements Aggregator<Map<Object, Long>> {

    @Override
    public FieldType resultType() {
      return values.withNullable(true);
    }

    @Override
    public FieldType stateType() {
      return FieldType.map(values, FieldType.INT64);
    }

    @Override
    public Map<Object, Long> prepare() {
      return new HashMap<>();
    }

    @Override
    public Map<Object, Long> update(Map<Object, Long> state, Object value, Instant at) {
      state.merge(Comparables.canonical(value), 1L, Long::sum);
      return state;
    }

    @Override
    public Map<Object, Long> merge(Map<Object, Long> left, Map<Object, Long> right) {
      Map<Object, Long> larger = left.size() < right.size() ? right : left;
      Map<Object, Long> smaller = larger == left ? right : left;
      smaller.forEach((value, count) -> larger.merge(value, count, Long::sum));
      return larger;
    }

    @Override
    public @Nullable Object finish(Map<Object, Long> state, Instant asOf) {
      Object best = null;
      long most = 0;
      for (Map.Entry<Object, Long> entry : state.entrySet()) {
        long count = entry.getValue();
        if (best == null
            || count > most
            || (count == most && Comparables.compare(entry.getKey(), best) < 0)) {
          best = entry.getKey();
          most = count;
        }
      }
      return best;
    }

    @Override
    public Object store(Map<Object, Long> state) {
      return Collections.unmodifiableMap(state);
    }

    @Override
    public Map<Object, Long> restore(@Nullable Object stored) {
      Map<Object, Long> state = new HashMap<>();
      if (stored != null) {
        ((Map<?, ?>) stored)
            .forEach(
                (value, count) ->
                    state.merge(Comparables.canonical(value), (Long) count, Long::sum));
      }
      return state;
    }
  }
}
