package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.MostFrequent;

/**
 * A map of names and weights as a sparse vector behind the column, which stays: {@code
 * COLUMN_indices}, ints that rise, and {@code COLUMN_values}, as many doubles (scikit-learn's
 * DictVectorizer, featran's weighted n-hot). Names are numbered from 0 in their natural order. A
 * name that the fit did not see, a null or NaN weight and one of 0 are left out; a null gives an
 * empty vector. The fit has each different name in memory.
 */
public final class DictVectorizer extends ColumnStep {
  private static final String NAMES = "names";
  private static final long serialVersionUID = 1L;

  private final int most;

  private DictVectorizer(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Encodes this column of maps from texts, truths or whole numbers to numbers.
   *
   * @param most how many names are kept, the most frequent ones: 1 to 100,000
   */
  public static DictVectorizer of(String column, int most) {
    return new DictVectorizer(column, Categories.checkMost("DictVectorizer", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(NAMES, EachElement.every(MostFrequent.of(column()).first(most)));
  }

  @Override
  List<Field> writes(FieldType type) {
    FieldType names = type.getMapKeyType();
    FieldType weights = type.getMapValueType();
    if (names == null || weights == null) {
      throw new IllegalArgumentException(
          this + " needs maps, but the column is " + type.getTypeName());
    }
    Categories.check("DictVectorizer", column(), names);
    Numbers.check("DictVectorizer", column(), weights);
    return Terms.fields(column());
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Integer> numbers = Categories.numbered(learned.get(NAMES));
    return value -> {
      SortedMap<Integer, Double> vector = new TreeMap<>();
      Map<?, ?> weights = value == null ? Collections.emptyMap() : (Map<?, ?>) value;
      weights.forEach(
          (name, weight) -> {
            Integer number = numbers.get(name);
            Double found = Numbers.isMissing(weight) ? null : Numbers.of(weight);
            if (number != null && found != null && found != 0) {
              vector.put(number, found);
            }
          });
      return Terms.sparse(vector);
    };
  }
}
