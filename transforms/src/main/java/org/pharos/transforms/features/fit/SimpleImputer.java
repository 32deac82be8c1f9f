package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Mean;
import org.pharos.transforms.features.MostFrequent;
import org.pharos.transforms.features.Quantiles;

/**
 * A value for what is missing, which is null or NaN (scikit-learn's SimpleImputer). Where the fit
 * saw no value, what is missing becomes null.
 */
public final class SimpleImputer extends ColumnStep {
  private static final String FILL = "fill";
  private static final long serialVersionUID = 1L;

  private enum Strategy {
    MEAN,
    MEDIAN,
    MOST_FREQUENT,
    CONSTANT
  }

  private final Strategy strategy;
  private final @Nullable Object constant;
  private final boolean indicator;

  private SimpleImputer(
      String column, Strategy strategy, @Nullable Object constant, boolean indicator) {
    super(column);
    this.strategy = strategy;
    this.constant = constant;
    this.indicator = indicator;
  }

  /** The mean of a column of numbers, which becomes a double. */
  public static SimpleImputer mean(String column) {
    return new SimpleImputer(column, Strategy.MEAN, null, false);
  }

  /**
   * The median of a column of numbers, which becomes a double: the {@link Quantiles} at 0.5, exact
   * to 200 values, beyond by a sketch.
   */
  public static SimpleImputer median(String column) {
    return new SimpleImputer(column, Strategy.MEDIAN, null, false);
  }

  /** The value that comes most often; of several the least. */
  public static SimpleImputer mostFrequent(String column) {
    return new SimpleImputer(column, Strategy.MOST_FREQUENT, null, false);
  }

  /**
   * A value that is given; nothing is learned.
   *
   * @param value of the column's type
   */
  public static SimpleImputer constant(String column, Object value) {
    return new SimpleImputer(
        column, Strategy.CONSTANT, Objects.requireNonNull(value, "value"), false);
  }

  /** Adds a column {@code COLUMN_missing} that says what was missing. Default: none. */
  public SimpleImputer withIndicator() {
    return new SimpleImputer(column(), strategy, constant, true);
  }

  @Override
  public Map<String, Aggregation> learns() {
    return switch (strategy) {
      case MEAN -> Map.of(FILL, Mean.of(column()));
      case MEDIAN -> Map.of(FILL, Quantiles.of(column(), 0.5));
      case MOST_FREQUENT -> Map.of(FILL, MostFrequent.of(column()));
      case CONSTANT -> Map.of();
    };
  }

  @Override
  List<Field> writes(FieldType type) {
    FieldType filled = type.withNullable(true);
    if (isNumeric()) {
      Numbers.check(toString(), column(), type);
      filled = FieldType.DOUBLE.withNullable(true);
    } else if (constant != null) {
      checkConstant(type, constant);
    }
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of(column(), filled));
    if (indicator) {
      fields.add(Field.of(column() + "_missing", FieldType.BOOLEAN));
    }
    return fields;
  }

  private void checkConstant(FieldType type, Object value) {
    try {
      Row checked =
          Row.withSchema(Schema.of(Field.of(column(), type.withNullable(false))))
              .addValue(value)
              .build();
      assert checked.getFieldCount() == 1;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          this + ": the value must be " + type.getTypeName() + ", but is " + value, e);
    }
  }

  private boolean isNumeric() {
    return strategy == Strategy.MEAN || strategy == Strategy.MEDIAN;
  }

  private @Nullable Object fill(Map<String, @Nullable Object> learned) {
    if (strategy == Strategy.MEDIAN) {
      double[] quantiles = Numbers.list(learned.get(FILL));
      return quantiles == null ? null : (Double) quantiles[0];
    }
    return strategy == Strategy.CONSTANT ? constant : learned.get(FILL);
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Object fill = fill(learned);
    boolean numbers = isNumeric();
    return value -> {
      boolean missing = Numbers.isMissing(value);
      List<@Nullable Object> values = new ArrayList<>(2);
      values.add(missing ? fill : numbers ? Numbers.of(value) : value);
      if (indicator) {
        values.add(missing);
      }
      return values;
    };
  }
}
