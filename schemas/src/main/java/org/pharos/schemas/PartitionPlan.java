package org.pharos.schemas;

import java.util.Locale;
import java.util.Optional;

/**
 * What a {@link PartitionPlanner} predicts for one partition.
 *
 * @param table the table's qualified name
 * @param rows rows in the partition
 * @param values cells in the partition, without those of the key
 * @param bytes size on disk before compression
 * @param verdict what the planner makes of it
 * @param proposal a bucket that would do, when this does not and there is one
 */
public record PartitionPlan(
    String table,
    double rows,
    double values,
    double bytes,
    Verdict verdict,
    Optional<Bucket> proposal) {

  /** What the planner makes of a prediction. */
  public enum Verdict {
    /** Below both targets. */
    OK,
    /** Above a target, up to ten times. */
    WARN,
    /** More than ten times above a target. */
    REFUSE
  }

  /** The prediction in a sentence, with the advice that goes with the verdict. */
  public String message() {
    String predicted =
        String.format(
            Locale.ROOT,
            "%s: about %,.0f rows and %,.1f MB a partition (targets: %,d rows, %,d MB)",
            table,
            rows,
            bytes / 1e6,
            PartitionPlanner.TARGET_ROWS,
            PartitionPlanner.TARGET_BYTES / 1_000_000);
    if (verdict == Verdict.OK) {
      return predicted;
    }
    return predicted
        + proposal
            .map(bucket -> "; take " + bucket)
            .orElse("; no bucket alone would do: split the partition key or the row");
  }

  /**
   * This plan, unless it is refused.
   *
   * @throws IllegalArgumentException with the message, if the verdict is {@link Verdict#REFUSE}
   */
  public PartitionPlan orRefuse() {
    if (verdict == Verdict.REFUSE) {
      throw new IllegalArgumentException(message());
    }
    return this;
  }
}
