package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.Combine;

/** The counts of a window from those of its bundles. */
final class SumCounts extends Combine.BinaryCombineFn<WriteCounts> {
  private static final long serialVersionUID = 1L;

  @Override
  public WriteCounts apply(WriteCounts left, WriteCounts right) {
    return left.plus(right);
  }

  @Override
  public WriteCounts identity() {
    return WriteCounts.NONE;
  }
}
