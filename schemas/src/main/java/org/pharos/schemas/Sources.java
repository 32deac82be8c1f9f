package org.pharos.schemas;

import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** How a bucket finds the values that it is computed from. */
final class Sources {
  private Sources() {}

  static @Nullable Object value(Bucket bucket, Row row, String column) {
    if (!row.getSchema().hasField(column)) {
      throw new IllegalArgumentException(
          "bucket "
              + bucket.column()
              + " is computed from "
              + column
              + ", which the row lacks: "
              + row.getSchema().getFieldNames());
    }
    return row.getValue(column);
  }
}
