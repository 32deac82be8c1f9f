package org.pharos.transforms.features;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;
import org.pharos.schemas.features.FeatureView;

/**
 * One view of a join: what both engines agree on.
 *
 * @param index which of the joined views it is
 * @param time the field of the spine
 * @param rule which statement holds
 * @param result the schema of the rows with this view
 */
record SpineJoin(JoinedRows joined, int index, String time, AsOf rule, Schema result)
    implements Serializable {

  FeatureView view() {
    return joined.views().get(index);
  }

  /** Whose features are wanted; null if the row says no entity or no time. */
  @Nullable Row entity(Schema schema, Row row) {
    return row.getValue(time) == null ? null : JoinedRows.entity(view(), schema, row);
  }

  /** When features are wanted, of a row that has an entity. */
  long time(Row row) {
    ReadableInstant at = row.getValue(time);
    if (at == null) {
      throw new IllegalStateException("no time");
    }
    return at.getMillis();
  }

  /** The row with its statement, or with nothing. */
  Row with(Row row, @Nullable Row statement) {
    return joined.join(row, result, index, statement);
  }
}
