package org.pharos.transforms.features.fit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.ValueCounts;

/**
 * How much each term of the fit says about a list of texts, as a sparse vector behind the column,
 * which stays: {@code COLUMN_indices}, ints that rise, and {@code COLUMN_values}, as many doubles
 * (scikit-learn's TfidfVectorizer with its defaults):
 *
 * <pre>{@code
 * count * (ln((1 + lists) / (1 + lists with the term)) + 1), then divided by the root of the sum of squares
 * }</pre>
 *
 * <p>Terms are numbered from 0 in their natural order (by UTF-16 units). One that the fit did not
 * see is not counted; a null gives an empty vector and is no list of the fit. The fit has each
 * different term in memory.
 */
public final class TfidfVectorizer extends ColumnStep {
  private static final String LISTS = "lists";
  private static final String WITH_TERM = "with_term";
  private static final long serialVersionUID = 1L;

  private final int most;

  private TfidfVectorizer(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Weighs the terms of this column of lists of texts, such as {@link Tokens} makes of texts.
   *
   * @param most how many terms are kept, those that are in most lists (scikit-learn's max_features
   *     keeps those that are most often in all of them): 1 to 100,000
   */
  public static TfidfVectorizer of(String column, int most) {
    return new TfidfVectorizer(column, Categories.checkMost("TfidfVectorizer", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(
        LISTS,
        Count.of(column()),
        WITH_TERM,
        EachElement.different(ValueCounts.of(column()).first(most)));
  }

  @Override
  List<Field> writes(FieldType type) {
    Terms.check(this, type);
    return Terms.fields(column());
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<?, ?> lists = learned.get(WITH_TERM) instanceof Map<?, ?> map ? map : Map.of();
    Map<Object, Integer> numbers = Categories.numbered(List.copyOf(lists.keySet()));
    Double all = Numbers.of(learned.get(LISTS));
    Map<Integer, Double> weights = new HashMap<>();
    numbers.forEach(
        (term, number) -> {
          Double with = Numbers.of(lists.get(term));
          if (all != null && with != null) {
            weights.put(number, Math.log((1 + all) / (1 + with)) + 1);
          }
        });
    return value -> {
      SortedMap<Integer, Double> vector = Terms.counted(value, numbers);
      vector.replaceAll((number, count) -> count * weights.getOrDefault(number, 0.0));
      double length = Math.sqrt(vector.values().stream().mapToDouble(each -> each * each).sum());
      vector.replaceAll((number, weight) -> weight / length);
      return Terms.sparse(vector);
    };
  }
}
