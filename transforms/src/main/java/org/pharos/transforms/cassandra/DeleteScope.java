package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;

/**
 * How much a row of keys deletes.
 *
 * @param columns the columns to delete; none for whole rows
 * @param range the clustering column of a range, empty for none
 * @param from the field with the first value of the range
 * @param to the field with the value that the range ends before
 */
record DeleteScope(Extent extent, List<String> columns, String range, String from, String to)
    implements Serializable {

  enum Extent {
    ROW,
    PREFIX,
    RANGE,
    PARTITION
  }

  static final DeleteScope ROW = of(Extent.ROW);

  static DeleteScope of(Extent extent) {
    return new DeleteScope(extent, List.of(), "", "", "");
  }

  List<String> fields() {
    return extent == Extent.RANGE ? List.of(from, to) : List.of();
  }
}
