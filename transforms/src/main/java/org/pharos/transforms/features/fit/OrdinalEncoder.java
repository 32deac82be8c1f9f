package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.MostFrequent;

/**
 * The number of a category, a bigint in its place: categories that the fit saw are numbered from 0
 * in their natural order (scikit-learn's OrdinalEncoder). One that it did not see, or that is rarer
 * than as many as are kept, is -1; a null stays null. The fit has each different value in memory.
 */
public final class OrdinalEncoder extends ColumnStep {
  private static final String CATEGORIES = "categories";
  private static final long UNKNOWN = -1;
  private static final long serialVersionUID = 1L;

  private final int most;

  private OrdinalEncoder(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Encodes this column of texts, truths or whole numbers.
   *
   * @param most how many categories are kept, the most frequent ones: 1 to 100,000
   */
  public static OrdinalEncoder of(String column, int most) {
    return new OrdinalEncoder(column, Categories.checkMost("OrdinalEncoder", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(CATEGORIES, MostFrequent.of(column()).first(most));
  }

  @Override
  List<Field> writes(FieldType type) {
    Categories.check("OrdinalEncoder", column(), type);
    return List.of(Field.nullable(column(), FieldType.INT64));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Integer> numbers = Categories.numbered(learned.get(CATEGORIES));
    return value -> {
      Integer number = value == null ? null : numbers.get(value);
      return Collections.singletonList(
          value == null ? null : (Long) (number == null ? UNKNOWN : number.longValue()));
    };
  }
}
