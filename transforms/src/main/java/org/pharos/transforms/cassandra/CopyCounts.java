package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * What {@link CopyRows} has done.
 *
 * @param ranges ranges of tokens that were copied, without those that an earlier run had done
 * @param rows rows of the source that the target has now; a partition with static columns and no
 *     rows counts as one
 * @param expired of the rows, those that were left out because they expired on the way
 */
@DefaultSchema(RecordSchema.class)
public record CopyCounts(long ranges, long rows, long expired) implements Serializable {

  /** Nothing. */
  public static final CopyCounts NONE = new CopyCounts(0, 0, 0);

  /** Both together. */
  public CopyCounts plus(CopyCounts other) {
    return new CopyCounts(ranges + other.ranges, rows + other.rows, expired + other.expired);
  }
}
