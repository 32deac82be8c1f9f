package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * What became of the rows of a window: each is written, rejected or unknown, so that {@code written
 * + rejected + unknown} is the number of rows that came in.
 *
 * @param written rows that the table has, or would have had: the expired are among them
 * @param rejected rows that the table does not have: bad records, and conditional writes whose
 *     condition did not hold
 * @param unknown rows of writes that cannot be repeated, whose answer was lost
 * @param expired of the written, those that were left out because their expiry had passed
 * @param notApplied of the rejected, conditional writes whose condition did not hold
 */
@DefaultSchema(RecordSchema.class)
public record WriteCounts(
    long written, long rejected, long unknown, long expired, long notApplied) {

  /** No rows. */
  public static final WriteCounts NONE = new WriteCounts(0, 0, 0, 0, 0);

  /** The rows that came in. */
  public long total() {
    return written + rejected + unknown;
  }

  /** Both together. */
  public WriteCounts plus(WriteCounts other) {
    return new WriteCounts(
        written + other.written,
        rejected + other.rejected,
        unknown + other.unknown,
        expired + other.expired,
        notApplied + other.notApplied);
  }
}
