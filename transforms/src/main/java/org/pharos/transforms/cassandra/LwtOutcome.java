package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * What became of one conditional write.
 *
 * @param row the row as it came in
 * @param state whether the write was applied
 * @param current when not applied, what the table had instead; when unknown, what the table had
 *     when it was read again, if that succeeded; null when there was no row, and when applied. All
 *     columns for {@code ifNotExists}, the key and the columns of the condition otherwise.
 */
public record LwtOutcome(Row row, State state, @Nullable Row current) {

  /** Whether a conditional write was applied. */
  public enum State {
    APPLIED,
    NOT_APPLIED,
    /** The answer was lost, and reading the row again could not tell. */
    UNKNOWN
  }
}
