package org.pharos.transforms.features.fit;

import java.util.List;
import java.util.Set;

/** The columns of a step that reads several. */
final class Columns {

  private Columns() {}

  /**
   * @throws IllegalArgumentException if there is none, or one twice
   */
  static List<String> several(String step, String... columns) {
    List<String> all = List.of(columns);
    if (all.isEmpty() || Set.copyOf(all).size() < all.size()) {
      throw new IllegalArgumentException(step + " needs one column or more, each once, not " + all);
    }
    return all;
  }
}
