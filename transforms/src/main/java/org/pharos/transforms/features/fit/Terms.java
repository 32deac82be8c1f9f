package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** Lists of texts, and the sparse vectors that tell of them. */
final class Terms {

  private Terms() {}

  /**
   * @throws IllegalArgumentException if these are no lists of texts
   */
  static void check(FeatureStep step, FieldType type) {
    FieldType element = type.getCollectionElementType();
    if (element == null || element.getTypeName() != TypeName.STRING) {
      throw new IllegalArgumentException(
          step + " needs lists of texts, but the column is " + type.getTypeName());
    }
  }

  /** The texts of a list that is not null. */
  static List<String> of(Object value) {
    List<String> terms = new ArrayList<>();
    for (Object term : (Iterable<?>) value) {
      if (term != null) {
        terms.add((String) term);
      }
    }
    return terms;
  }

  /** How often each numbered term is in a list; null for none. */
  static SortedMap<Integer, Double> counted(@Nullable Object value, Map<Object, Integer> numbers) {
    SortedMap<Integer, Double> counts = new TreeMap<>();
    if (value != null) {
      for (String term : of(value)) {
        Integer number = numbers.get(term);
        if (number != null) {
          counts.merge(number, 1.0, Double::sum);
        }
      }
    }
    return counts;
  }

  /** The fields of a sparse vector of this name. */
  static List<Field> fields(String name) {
    return List.of(
        Field.of(name + "_indices", FieldType.array(FieldType.INT32)),
        Field.of(name + "_values", FieldType.array(FieldType.DOUBLE)));
  }

  /** Their values. */
  static List<@Nullable Object> sparse(SortedMap<Integer, Double> vector) {
    return List.of(new ArrayList<>(vector.keySet()), new ArrayList<>(vector.values()));
  }
}
