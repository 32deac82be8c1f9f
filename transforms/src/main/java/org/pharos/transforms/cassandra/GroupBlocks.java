package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Brings the blocks of each shard together, of all windows, when all are there: a trigger of the
 * input's, above all an accumulating one, is not for blocks.
 */
final class GroupBlocks
    extends PTransform<
        PCollection<KV<Integer, byte[]>>, PCollection<KV<Integer, Iterable<byte[]>>>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(
      PCollection<KV<Integer, byte[]>> blocks) {
    return blocks
        .apply(
            "One pane",
            Window.<KV<Integer, byte[]>>into(new GlobalWindows())
                .triggering(DefaultTrigger.of())
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Group", GroupByKey.create());
  }
}
