package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A column of features: what is aggregated, and over which of an entity's events. */
record Feature(String name, Aggregation aggregation, Trailing over) implements Serializable {

  /** The columns of an aggregation: one that bears the name, or one a window, such as spend_7d. */
  static List<Feature> of(String name, Aggregation aggregation, Trailing... over) {
    if (over.length == 0) {
      return List.of(new Feature(name, aggregation, Trailing.all()));
    }
    return Arrays.stream(over)
        .map(window -> new Feature(name + "_" + window.label(), aggregation, window))
        .toList();
  }

  /**
   * Both lists in one.
   *
   * @param taken names that no feature may have
   * @throws IllegalArgumentException if a name comes twice
   */
  static List<Feature> join(List<Feature> features, List<Feature> more, List<String> taken) {
    List<Feature> all = new ArrayList<>(features);
    for (Feature feature : more) {
      if (taken.contains(feature.name())
          || all.stream().anyMatch(known -> known.name().equals(feature.name()))) {
        throw new IllegalArgumentException("there is a column " + feature.name() + " already");
      }
      all.add(feature);
    }
    return all;
  }

  @Override
  public String toString() {
    return name + " = " + aggregation + (over.isBounded() ? " over " + over : "");
  }
}
