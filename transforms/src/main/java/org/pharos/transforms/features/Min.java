package org.pharos.transforms.features;

import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/**
 * The least value that a field has, in natural order (text by its UTF-16 units, NaN above all
 * numbers): of the field's type, null when there is none.
 */
public final class Min implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;

  private Min(String field) {
    this.field = field;
  }

  public static Min of(String field) {
    return new Min(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Extreme(Comparables.require(values, this), -1);
  }

  @Override
  public String toString() {
    return "least of " + field;
  }
}
