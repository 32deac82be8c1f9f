package org.pharos.transforms.features.fit;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/** A step that reads one column. It learns nothing, unless it says so. */
abstract class ColumnStep implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final String column;

  ColumnStep(String column) {
    this.column = column;
  }

  /** A value of the column in, the values of the step's fields out. */
  @FunctionalInterface
  interface Function {
    List<@Nullable Object> of(@Nullable Object value);
  }

  final String column() {
    return column;
  }

  @Override
  public final List<String> columns() {
    return List.of(column);
  }

  @Override
  public final List<Field> writes(Schema columns) {
    return writes(columns.getField(0).getType());
  }

  /** {@link FeatureStep#writes(Schema)} for a column of this type. */
  abstract List<Field> writes(FieldType type);

  @Override
  public final Applied fitted(Map<String, @Nullable Object> learned) {
    Function function = function(learned);
    return values -> function.of(values.get(0));
  }

  /** {@link #fitted} for the value of the column. */
  abstract Function function(Map<String, @Nullable Object> learned);

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " of " + column;
  }
}
