package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.values.Row;

/** The tokens of rows that are to be written into one table. */
final class RowTokens {
  private final SlotValues key;

  RowTokens(WritePlan plan, WriteSettings settings) {
    // Both statements have the partition key.
    this.key = new SlotValues(plan.statements().get(0), plan, settings);
  }

  /**
   * The token of a row's partition.
   *
   * @throws RejectedRow if the row has none
   */
  long of(Row row) {
    return PartitionToken.of(key.routingKey(position -> key.encode(position, row)));
  }
}
