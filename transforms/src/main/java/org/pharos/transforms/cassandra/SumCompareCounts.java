package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.Combine;

/** The counts of all from those of each split. */
final class SumCompareCounts extends Combine.BinaryCombineFn<CompareCounts> {
  private static final long serialVersionUID = 1L;

  @Override
  public CompareCounts apply(CompareCounts left, CompareCounts right) {
    return left.plus(right);
  }

  @Override
  public CompareCounts identity() {
    return CompareCounts.NONE;
  }
}
