package org.pharos.transforms.features;

import java.util.Collections;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many different values a field has, exactly: a bigint. Numbers are compared as numbers (1.0 is
 * 1.00). The values of an entity are held in memory while they are counted.
 */
public final class CountDistinct implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;

  private CountDistinct(String field) {
    this.field = field;
  }

  public static CountDistinct of(String field) {
    return new CountDistinct(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Distinct(Comparables.require(values, this));
  }

  @Override
  public String toString() {
    return "distinct count of " + field;
  }

  private record Distinct(FieldType values) implements Aggregator<Set<Object>> {

    @Override
    public FieldType resultType() {
      return FieldType.INT64;
    }

    @Override
    public FieldType stateType() {
      return FieldType.iterable(values);
    }

    @Override
    public Set<Object> prepare() {
      return new HashSet<>();
    }

    @Override
    public Set<Object> update(Set<Object> state, Object value, Instant at) {
      state.add(Comparables.canonical(value));
      return state;
    }

    @Override
    public Set<Object> merge(Set<Object> left, Set<Object> right) {
      Set<Object> larger = left.size() < right.size() ? right : left;
      larger.addAll(larger == left ? right : left);
      return larger;
    }

    @Override
    public Object finish(Set<Object> state, Instant asOf) {
      return (long) state.size();
    }

    @Override
    public Object store(Set<Object> state) {
      return Collections.unmodifiableSet(state);
    }

    @Override
    public Set<Object> restore(@Nullable Object stored) {
      Set<Object> state = new HashSet<>();
      if (stored != null) {
        for (Object value : (Iterable<?>) stored) {
          state.add(Comparables.canonical(value));
        }
      }
      return state;
    }
  }
}
