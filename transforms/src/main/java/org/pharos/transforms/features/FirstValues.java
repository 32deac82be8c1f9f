package org.pharos.transforms.features;

import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/**
 * The values that a field had in the first events that have one, the earliest first. Values of one
 * time come in natural order, so no order of arrival changes the result: an array of the field's
 * type, with fewer values, or none, where there are not as many.
 */
public final class FirstValues implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final int length;

  private FirstValues(String field, int length) {
    this.field = field;
    this.length = length;
  }

  /**
   * So many values at most.
   *
   * @throws IllegalArgumentException if the length is less than 1
   */
  public static FirstValues of(String field, int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a list has 1 value or more, not " + length);
    }
    return new FirstValues(Objects.requireNonNull(field, "field"), length);
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new ValuesByTime(Comparables.require(values, this), length, true);
  }

  @Override
  public String toString() {
    return "first " + length + " of " + field;
  }
}
