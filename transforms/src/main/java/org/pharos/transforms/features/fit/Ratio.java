package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/**
 * A number divided by another, such as a week's spending by a month's: a double behind the columns,
 * which stay. Null where one of them is, or where it would be divided by 0. Nothing is learned.
 */
public final class Ratio implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<String> columns;

  private Ratio(String name, List<String> columns) {
    this.name = name;
    this.columns = columns;
  }

  /**
   * Divides one column of numbers by another.
   *
   * @param name of the field that is written
   */
  public static Ratio of(String name, String numerator, String denominator) {
    return new Ratio(name, List.of(numerator, denominator));
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public List<Field> writes(Schema read) {
    Numbers.check("Ratio", read);
    return List.of(Field.nullable(name, FieldType.DOUBLE));
  }

  @Override
  public Applied fitted(Map<String, @Nullable Object> learned) {
    return values -> {
      Double numerator = Numbers.of(values.get(0));
      Double denominator = Numbers.of(values.get(1));
      return Collections.singletonList(
          numerator == null || denominator == null || denominator == 0
              ? null
              : (Double) (numerator / denominator));
    };
  }

  @Override
  public String toString() {
    return "Ratio " + name + " of " + columns.get(0) + " to " + columns.get(1);
  }
}
