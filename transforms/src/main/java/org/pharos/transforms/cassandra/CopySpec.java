package org.pharos.transforms.cassandra;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.Column;

/**
 * All that a copy brings to the workers.
 *
 * @param target the table to write, and how it is read where that is needed
 * @param settings how it is written
 * @param copy the name under which progress is kept; null if none is
 */
record CopySpec(
    Scan source, Scan target, WriteSettings settings, CommonColumns columns, @Nullable String copy)
    implements Serializable {

  /** Of the columns to copy, lists whose elements are cells of their own. */
  List<Column> lists() {
    return columns.both().stream().filter(column -> CellGroups.isList(column.type())).toList();
  }
}
