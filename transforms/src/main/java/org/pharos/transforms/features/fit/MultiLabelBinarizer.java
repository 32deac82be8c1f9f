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
 * A list or set of categories as a list of doubles, 1 at the number of each and 0 elsewhere,
 * however often it is there (scikit-learn's MultiLabelBinarizer): {@link OneHotEncoder} for many at
 * once. Numbers and what is unknown are as there; a null is all zeros. The fit has each different
 * category in memory.
 */
public final class MultiLabelBinarizer extends ColumnStep {
  private static final String CATEGORIES = "categories";
  private static final long serialVersionUID = 1L;

  private final int most;

  private MultiLabelBinarizer(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Encodes this column of lists or sets of texts, truths or whole numbers.
   *
   * @param most how many categories are kept, the most frequent ones: 1 to 100,000
   */
  public static MultiLabelBinarizer of(String column, int most) {
    return new MultiLabelBinarizer(
        column, Categories.checkMost("MultiLabelBinarizer", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(CATEGORIES, EachElement.every(MostFrequent.of(column()).first(most)));
  }

  @Override
  List<Field> writes(FieldType type) {
    FieldType element = type.getCollectionElementType();
    Categories.check("MultiLabelBinarizer", column(), element == null ? type : element);
    if (element == null) {
      throw new IllegalArgumentException(
          this + " needs lists or sets, but the column is " + type.getTypeName());
    }
    return List.of(Field.of(column(), FieldType.array(FieldType.DOUBLE)));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Integer> numbers = Categories.numbered(learned.get(CATEGORIES));
    return value -> {
      List<Double> hot = new ArrayList<>(Collections.nCopies(most, 0.0));
      if (value instanceof Iterable<?> categories) {
        for (Object category : categories) {
          Integer number = category == null ? null : numbers.get(category);
          if (number != null) {
            hot.set(number, 1.0);
          }
        }
      }
      return Collections.singletonList(hot);
    };
  }
}
