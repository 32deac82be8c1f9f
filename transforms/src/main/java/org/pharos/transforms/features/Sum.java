package org.pharos.transforms.features;

import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/**
 * The exact sum of a field, null when no event has a value: of whole numbers a bigint (and an error
 * when it does not fit one), of float and double a double that was rounded once at the end, of
 * decimals a decimal. So it is the same in every order of the events.
 */
public final class Sum implements Aggregation {

  private static final long serialVersionUID = 1L;

  private final String field;

  private Sum(String field) {
    this.field = field;
  }

  public static Sum of(String field) {
    return new Sum(Objects.requireNonNull(field, "field"));
  }

  @Override
  public Optional<String> field() {
    return Optional.of(field);
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return switch (values.getTypeName()) {
      case BYTE, INT16, INT32, INT64 -> new DecimalSum(this, true);
      case DECIMAL -> new DecimalSum(this, false);
      case FLOAT, DOUBLE -> new DoubleSum();
      default ->
          throw new IllegalArgumentException(
              this + " needs numbers, but the field is " + Comparables.name(values));
    };
  }

  @Override
  public String toString() {
    return "sum of " + field;
  }
}
