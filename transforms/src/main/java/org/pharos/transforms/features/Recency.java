package org.pharos.transforms.features;

import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/**
 * How long ago the last event was, as seen from the time the features are stated at: whole units
 * passed since then, a bigint. An event 47 hours ago is 1 day old.
 */
public final class Recency implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final @Nullable String field;
  private final Duration unit;

  private Recency(@Nullable String field, Duration unit) {
    this.field = field;
    this.unit = unit;
  }

  /** In days of 24 hours. */
  public static Recency inDays() {
    return in(Duration.standardDays(1));
  }

  /**
   * In a unit of your own.
   *
   * @throws IllegalArgumentException when the unit is shorter than a millisecond
   */
  public static Recency in(Duration unit) {
    if (unit.getMillis() < 1) {
      throw new IllegalArgumentException("the unit must be 1 ms or more, but is " + unit);
    }
    return new Recency(null, unit);
  }

  /** Asks for the last event whose field is not null. Default: the last event. */
  public Recency withField(String field) {
    return new Recency(Objects.requireNonNull(field, "field"), unit);
  }

  @Override
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  @Override
  public Aggregator<Long> over(FieldType values) {
    return new Last(unit.getMillis());
  }

  @Override
  public String toString() {
    return "recency of " + (field == null ? "events" : field) + " in " + unit;
  }

  /** The latest event in milliseconds; the least long for none. */
  private record Last(long unit) implements Aggregator<Long> {

    private static final long NONE = Long.MIN_VALUE;

    @Override
    public FieldType resultType() {
      return FieldType.INT64.withNullable(true);
    }

    @Override
    public FieldType stateType() {
      return FieldType.DATETIME.withNullable(true);
    }

    @Override
    public Long prepare() {
      return NONE;
    }

    @Override
    public Long update(Long state, Object value, Instant at) {
      return Math.max(state, at.getMillis());
    }

    @Override
    public Long merge(Long left, Long right) {
      return Math.max(left, right);
    }

    @Override
    public @Nullable Object finish(Long state, Instant asOf) {
      return state == NONE ? null : Math.floorDiv(asOf.getMillis() - state, unit);
    }

    @Override
    public @Nullable Object store(Long state) {
      return state == NONE ? null : Instant.ofEpochMilli(state);
    }

    @Override
    public Long restore(@Nullable Object stored) {
      return stored == null ? NONE : ((ReadableInstant) stored).getMillis();
    }
  }
}
