package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;

/** Columns of numbers that a fit chooses, as one list of doubles. */
abstract class ColumnChoice implements FeatureStep {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<String> chosenFrom;

  /**
   * @param name of the field that is written
   * @param chosenFrom the columns
   */
  ColumnChoice(String name, List<String> chosenFrom) {
    this.name = name;
    this.chosenFrom = chosenFrom;
  }

  /** The places of what is chosen, in {@link #columns}, in their order. */
  abstract List<Integer> chosen(Map<String, @Nullable Object> learned);

  final List<String> chosenFrom() {
    return chosenFrom;
  }

  final List<Field> written() {
    return List.of(Field.of(name, FieldType.array(FieldType.DOUBLE)));
  }

  @Override
  public final Applied fitted(Map<String, @Nullable Object> learned) {
    List<Integer> places = chosen(learned);
    return values -> {
      List<Double> numbers = new ArrayList<>(places.size());
      for (int place : places) {
        Double number = Numbers.of(values.get(place));
        numbers.add(number == null ? (Double) Double.NaN : number);
      }
      return List.of(numbers);
    };
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " " + name;
  }
}
