package org.pharos.transforms.features.fit;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.MostFrequent;

/**
 * A bag of words: how often each term of the fit is in a list of texts, as a sparse vector behind
 * the column, which stays: {@code COLUMN_indices}, ints that rise, and {@code COLUMN_values}, as
 * many doubles (scikit-learn's CountVectorizer). Terms are numbered from 0 in their natural order
 * (by UTF-16 units). One that the fit did not see is not counted; a null gives an empty vector. The
 * fit has each different term in memory: {@link FeatureHasher} needs none.
 */
public final class CountVectorizer extends ColumnStep {
  private static final String TERMS = "terms";
  private static final long serialVersionUID = 1L;

  private final int most;

  private CountVectorizer(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Counts the terms of this column of lists of texts, such as {@link Tokens} makes of texts.
   *
   * @param most how many terms are kept, those that are most often in all lists (scikit-learn's
   *     max_features): 1 to 100,000
   */
  public static CountVectorizer of(String column, int most) {
    return new CountVectorizer(column, Categories.checkMost("CountVectorizer", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(TERMS, EachElement.every(MostFrequent.of(column()).first(most)));
  }

  @Override
  List<Field> writes(FieldType type) {
    Terms.check(this, type);
    return Terms.fields(column());
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Integer> numbers = Categories.numbered(learned.get(TERMS));
    return value -> Terms.sparse(Terms.counted(value, numbers));
  }
}
