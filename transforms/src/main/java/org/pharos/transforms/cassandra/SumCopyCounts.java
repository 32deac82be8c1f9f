package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.Combine;

/** The counts of all from those of each range. */
final class SumCopyCounts extends Combine.BinaryCombineFn<CopyCounts> {
  private static final long serialVersionUID = 1L;

  @Override
  public CopyCounts apply(CopyCounts left, CopyCounts right) {
    return left.plus(right);
  }

  @Override
  public CopyCounts identity() {
    return CopyCounts.NONE;
  }
}
