package org.pharos.transforms.features.fit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.ValueCounts;

/**
 * How a category stands among the most frequent of the fit, behind the column, which stays (as
 * featran's HeavyHitters): {@code COLUMN_rank}, from 1 for the most frequent, of equally frequent
 * ones the least first, and {@code COLUMN_count}, how often the fit saw it; both bigints, 0 for
 * what is rarer or was not seen, null for a null. Counts are exact: the fit has each different
 * category in memory.
 */
public final class HeavyHitters extends ColumnStep {
  private static final String COUNTS = "counts";
  private static final long serialVersionUID = 1L;

  private final int most;

  private HeavyHitters(String column, int most) {
    super(column);
    this.most = most;
  }

  /**
   * Ranks the categories of this column of texts, truths or whole numbers.
   *
   * @param most how many categories have a rank: 1 to 100,000
   */
  public static HeavyHitters of(String column, int most) {
    return new HeavyHitters(column, Categories.checkMost("HeavyHitters", column, most));
  }

  @Override
  public Map<String, Aggregation> learns() {
    return Map.of(COUNTS, ValueCounts.of(column()).first(most));
  }

  @Override
  List<Field> writes(FieldType type) {
    Categories.check("HeavyHitters", column(), type);
    return List.of(
        Field.nullable(column() + "_rank", FieldType.INT64),
        Field.nullable(column() + "_count", FieldType.INT64));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<Object, Long> counts = new HashMap<>();
    if (learned.get(COUNTS) instanceof Map<?, ?> map) {
      map.forEach((category, count) -> counts.put(category, (Long) count));
    }
    // A map that comes out of a table has lost its order.
    Map<Object, Long> ranks = new HashMap<>();
    Categories.byFrequency(counts)
        .forEach(category -> ranks.put(category, (long) ranks.size() + 1));
    return value ->
        value == null
            ? Arrays.asList(null, null)
            : List.of(ranks.getOrDefault(value, 0L), counts.getOrDefault(value, 0L));
  }
}
