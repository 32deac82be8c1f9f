package org.pharos.transforms.features.fit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.MostFrequent;

/**
 * A category as a list of doubles, 1 at its number and 0 elsewhere: categories that the fit saw are
 * numbered from 0 in their natural order (scikit-learn's OneHotEncoder that ignores what is
 * unknown). The list is as long as many categories are kept, whatever their number turns out to be.
 * One that the fit did not see, one that is rarer, and a null are all zeros. The fit has each
 * different value in memory.
 */
public final class OneHotEncoder extends ColumnStep {
  private static final String CATEGORIES = "categories";
  private static final long serialVersionUID = 1L;

  private final int most;

  private OneHotEncoder(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Encodes this column of texts, truths or whole numbers.
   *
   * @param most how many categories are kept, the most frequent ones: 1 to 100,000
   */
  public static OneHotEncoder of(String column, int most) {
    return new OneHotEncoder(column, Categories.checkMost("OneHotEncoder", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(CATEGORIES, MostFrequent.of(column()).first(most));
  }

  @Override
  List<Field> writes(FieldType type) {
    Categories.check("OneHotEncoder", column(), type);
    return List.of(Field.of(column(), FieldType.array(FieldType.DOUBLE)));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Integer> numbers = Categories.numbered(learned.get(CATEGORIES));
    return value -> {
      List<Double> hot = new ArrayList<>(Collections.nCopies(most, 0.0));
      Integer number = value == null ? null : numbers.get(value);
      if (number != null) {
        hot.set(number, 1.0);
      }
      return Collections.singletonList(hot);
    };
  }
}
