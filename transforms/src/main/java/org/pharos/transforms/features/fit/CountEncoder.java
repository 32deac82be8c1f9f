package org.pharos.transforms.features.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.features.Aggregation;
import org.pharos.transforms.features.Count;
import org.pharos.transforms.features.ValueCounts;

/**
 * How often the fit saw a category, a double in its place: the count, or its share of all values
 * that are not null (category_encoders' CountEncoder). One that it did not see, or that is rarer
 * than as many as are kept, is 0; a null stays null. The fit has each different value in memory.
 */
public final class CountEncoder extends ColumnStep {
  private static final String COUNTS = "counts";
  private static final String ALL = "all";
  private static final long serialVersionUID = 1L;

  private final int most;
  private final boolean share;

  private CountEncoder(String column, int most, boolean share) {
    super(column);
    this.most = most;
    this.share = share;
  }

  /**
   * Encodes this column of texts, truths or whole numbers by counts.
   *
   * @param most how many categories are kept, the most frequent ones: 1 to 100,000
   */
  public static CountEncoder of(String column, int most) {
    return new CountEncoder(column, Categories.checkMost("CountEncoder", column, most), false);
  }

  /** By the share of all instead of the count. */
  public CountEncoder asShare() {
    return new CountEncoder(column(), most, true);
  }

  @Override
  public Map<String, Aggregation> learns() {
    Map<String, Aggregation> learns = new LinkedHashMap<>();
    learns.put(COUNTS, ValueCounts.of(column()).first(most));
    if (share) {
      learns.put(ALL, Count.of(column()));
    }
    return learns;
  }

  @Override
  List<Field> writes(FieldType type) {
    Categories.check("CountEncoder", column(), type);
    return List.of(Field.nullable(column(), FieldType.DOUBLE));
  }

  @Override
  Function function(Map<String, @Nullable Object> learned) {
    Map<?, ?> counts = learned.get(COUNTS) instanceof Map<?, ?> map ? map : Map.of();
    Double all = share ? Numbers.of(learned.get(ALL)) : Double.valueOf(1);
    return value -> {
      Double count = value == null ? null : Numbers.of(counts.get(value));
      return Collections.singletonList(
          value == null ? null : (Double) (count == null || all == null ? 0 : count / all));
    };
  }
}
