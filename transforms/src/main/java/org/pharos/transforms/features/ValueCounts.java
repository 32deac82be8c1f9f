package org.pharos.transforms.features;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.joda.time.Instant;

/**
 * How often each value of a field occurs: a map of value to count, empty when it has none (pandas'
 * value_counts). The different values of an entity are held in memory.
 */
public final class ValueCounts implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final int most;

  private ValueCounts(String field, int most) {
    this.field = field;
    this.most = most;
  }

  public static ValueCounts of(String field) {
    return new ValueCounts(Objects.requireNonNull(field, "field"), Integer.MAX_VALUE);
  }

  /**
   * Only so many values, the most frequent; of equally frequent ones the least in natural order.
   * Default: all.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public ValueCounts first(int values) {
    if (values < 1) {
      throw new IllegalArgumentException("value counts are of 1 value or more, not " + values);
    }
    return new ValueCounts(field, values);
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Counts(Comparables.require(values, this), most);
  }

  @Override
  public String toString() {
    return "value counts of " + field;
  }

  private static final class Counts extends CountingAggregator {
    private static final long serialVersionUID = 1L;

    private final int most;

    Counts(FieldType values, int most) {
      super(values);
      this.most = most;
    }

    @Override
    public FieldType resultType() {
      return FieldType.map(values(), FieldType.INT64);
    }

    @Override
    public Object finish(Map<Object, Long> state, Instant asOf) {
      Map<Object, Long> counts = new LinkedHashMap<>();
      mostFrequent(state, most).forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
      return counts;
    }
  }
}
