package org.pharos.transforms.features;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value that a field has most often, null when it has none; or the k most frequent ones, the
 * most frequent first. Of several that are equally frequent the least one in natural order comes
 * first (text by its UTF-16 units), whatever the order of the events. The result has the field's
 * type, or is an array of it; the different values of an entity are held in memory.
 */
public final class MostFrequent implements Aggregation {

  private static final long serialVersionUID = 1L;

  /** Not a list, but the value itself. */
  private static final int ONE = 0;

  private final String field;
  private final int length;

  private MostFrequent(String field, int length) {
    this.field = field;
    this.length = length;
  }

  public static MostFrequent of(String field) {
    return new MostFrequent(Objects.requireNonNull(field, "field"), ONE);
  }

  /**
   * A list of so many values at most. Default: the one value itself.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public MostFrequent first(int values) {
    if (values < 1) {
      throw new IllegalArgumentException("a list has 1 value or more, not " + values);
    }
    return new MostFrequent(field, values);
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Mode(Comparables.require(values, this), length);
  }

  @Override
  public String toString() {
    return (length == ONE ? "" : length + " ") + "most frequent " + field;
  }

  private static final class Mode extends CountingAggregator {
    private static final long serialVersionUID = 1L;

    private final int length;

    Mode(FieldType values, int length) {
      super(values);
      this.length = length;
    }

    @Override
    public FieldType resultType() {
      return length == ONE ? values().withNullable(true) : FieldType.array(values());
    }

    @Override
    public @Nullable Object finish(Map<Object, Long> state, Instant asOf) {
      List<Object> values =
          mostFrequent(state, Math.max(1, length)).map(Map.Entry::getKey).toList();
      return length != ONE ? values : values.isEmpty() ? null : values.get(0);
    }
  }
}
