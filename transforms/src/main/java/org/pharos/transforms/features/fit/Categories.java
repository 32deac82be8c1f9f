package org.pharos.transforms.features.fit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.Schema.TypeName;
import org.jspecify.annotations.Nullable;

/** The categories that a fit saw, numbered from 0 in their natural order, as scikit-learn does. */
final class Categories {
  private static final Set<TypeName> TYPES =
      Set.of(
          TypeName.STRING,
          TypeName.BOOLEAN,
          TypeName.BYTE,
          TypeName.INT16,
          TypeName.INT32,
          TypeName.INT64);

  private Categories() {}

  /**
   * @throws IllegalArgumentException if the type is not one of categories
   */
  static void check(String step, String column, FieldType type) {
    if (!TYPES.contains(type.getTypeName())) {
      throw new IllegalArgumentException(
          step
              + " of "
              + column
              + " needs texts, truths or whole numbers, but the column is "
              + type.getTypeName());
    }
  }

  /**
   * @throws IllegalArgumentException if it is not 1 to 100,000
   */
  static int checkMost(String step, String column, int most) {
    if (most < 1 || most > 100_000) {
      throw new IllegalArgumentException(
          step + " of " + column + " has 1 to 100000 categories, not " + most);
    }
    return most;
  }

  /** The categories, the most frequent first; of equally frequent ones the least first. */
  static List<Object> byFrequency(Map<Object, Long> counts) {
    return counts.keySet().stream()
        .sorted()
        .sorted(Comparator.comparing(counts::get, Comparator.reverseOrder()))
        .toList();
  }

  /** The number of each category. */
  static Map<Object, Integer> numbered(@Nullable Object learned) {
    Map<Object, Integer> numbers = new HashMap<>();
    if (learned instanceof List<?> values) {
      for (Object value : values.stream().sorted().toList()) {
        numbers.put(value, numbers.size());
      }
    }
    return numbers;
  }
}
