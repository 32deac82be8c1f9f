package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a row divided by their norm, doubles in their places (scikit-learn's Normalizer).
 * A null stays null and adds nothing to the norm; where the norm is 0 the numbers stay; a NaN makes
 * all NaN. Nothing is learned.
 */
public final class Normalizer implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private enum Norm {
    L1,
    L2,
    MAX
  }

  private final Norm norm;
  private final List<String> columns;

  private Normalizer(Norm norm, String... columns) {
    this.norm = norm;
    this.columns = Columns.several("Normalizer", columns);
  }

  /** By the sum of the absolute values of these columns. */
  public static Normalizer l1(String... columns) {
    return new Normalizer(Norm.L1, columns);
  }

  /** By the root of the sum of squares of these columns. */
  public static Normalizer l2(String... columns) {
    return new Normalizer(Norm.L2, columns);
  }

  /** By the greatest absolute value of these columns. */
  public static Normalizer max(String... columns) {
    return new Normalizer(Norm.MAX, columns);
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Field> writes(Schema read) {
    Numbers.check("Normalizer", read);
    return columns.stream().map(column -> Field.nullable(column, FieldType.DOUBLE)).toList();
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    return values -> {
      double length = length(values);
      List<@Nullable Object> normed = new ArrayList<>(values.size());
      for (Object value : values) {
        Double number = Numbers.of(value);
        normed.add(number == null || length == 0 ? number : (Double) (number / length));
      }
      return normed;
    };
  }

  private double length(List<@Nullable Object> values) {
    double total = 0;
    for (Object value : values) {
      Double number = Numbers.of(value);
      if (number != null) {
        total =
            switch (norm) {
              case L1 -> total + Math.abs(number);
              case L2 -> total + number * number;
              case MAX -> Math.max(total, Math.abs(number));
            };
      }
    }
    return norm == Norm.L2 ? Math.sqrt(total) : total;
  }

  @Override
  public String toString() {
    return "Normalizer of " + String.join(", ", columns);
  }
}
