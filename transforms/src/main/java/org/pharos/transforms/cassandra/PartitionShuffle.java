package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Brings the rows of each partition near each other: rows of one range of tokens come one after the
 * other. They move as blocks, since a shuffle costs by the element. Elements keep their timestamps
 * and panes; their window is the global one, and its trigger the same, before and after.
 */
final class PartitionShuffle<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private static final long serialVersionUID = 1L;

  private final WriteSpec<T> spec;
  private final int ranges;

  PartitionShuffle(WriteSpec<T> spec, int ranges) {
    this.spec = spec;
    this.ranges = ranges;
  }

  @Override
  public PCollection<T> expand(PCollection<T> input) {
    return input
        .apply(
            "Gather",
            ParDo.of(new GatherBlocksFn<>(spec, ranges))
                .withOutputTags(ShardBlocks.BLOCKS, TupleTagList.empty()))
        .get(ShardBlocks.BLOCKS)
        .setCoder(ShardBlocks.CODER)
        .apply("Group by tokens", new GroupBlocks())
        .apply("Unpack", ParDo.of(new UnpackBlocksFn<>(spec.elementCoder())))
        .setCoder(input.getCoder())
        .setWindowingStrategyInternal(input.getWindowingStrategy());
  }
}
