package org.pharos.transforms.cassandra;

import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** What became of each row that was sent and not rejected: exactly one call for each. */
interface RowResults {
  /** Rows of one request, and the size of their values. */
  void written(List<PendingRow> rows, int bytes);

  /** A conditional write that is known to have been applied, or not; with what the table had. */
  void decided(PendingRow row, boolean applied, @Nullable Row current);

  /** It cannot be known whether the row was written; what the table has, if it was read again. */
  void unknown(PendingRow row, boolean conditional, @Nullable Row current);
}
