package org.pharos.transforms.features;

import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many events there are, or how many of them have a value in a field: a bigint. */
public final class Count implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  private Count(@Nullable String field) {
    this.field = field;
  }

  /** Counts the events. */
  public static Count events() {
    return new Count(null);
  }

  /** Counts the events whose field is not null. */
  public static Count of(String field) {
    return new Count(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  @Override
  public Aggregator<Long> over(FieldType values) {
    return new Counter();
  }

  @Override
  public String toString() {
    return "count of " + (field == null ? "events" : field);
  }

  private static final class Counter implements Aggregator<Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public FieldType resultType() {
      return FieldType.INT64;
    }

    @Override
    public FieldType stateType() {
      return FieldType.INT64;
    }

    @Override
    public Long prepare() {
      return 0L;
    }

    @Override
    public Long update(Long state, Object value, Instant at) {
      return state + 1;
    }

    @Override
    public Long merge(Long left, Long right) {
      return left + right;
    }

    @Override
    public Object finish(Long state, Instant asOf) {
      return state;
    }

    @Override
    public Object store(Long state) {
      return state;
    }

    @Override
    public Long restore(@Nullable Object stored) {
      return stored == null ? 0L : (Long) stored;
    }
  }
}
