package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.pharos.schemas.RecordSchema;

/**
 * What {@link CompareTables} found, in rows. The static columns of a partition count as one more
 * row where they differ, and where they are all that there is of the partition.
 *
 * @param equal rows that both tables have, with the same values
 * @param differing rows that both tables have, with different values
 * @param missingLeft rows that only the right table has
 * @param missingRight rows that only the left table has
 */
@DefaultSchema(RecordSchema.class)
public record CompareCounts(long equal, long differing, long missingLeft, long missingRight)
    implements Serializable {

  /** No rows. */
  public static final CompareCounts NONE = new CompareCounts(0, 0, 0, 0);

  /** Whether nothing differs and nothing is missing. */
  public boolean areEqual() {
    return differing == 0 && missingLeft == 0 && missingRight == 0;
  }

  /** Both together. */
  public CompareCounts plus(CompareCounts other) {
    return new CompareCounts(
        equal + other.equal,
        differing + other.differing,
        missingLeft + other.missingLeft,
        missingRight + other.missingRight);
  }
}
