package org.pharos.transforms.tallies;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;
import org.pharos.transforms.tallies.TallyByKey.Naming;

/** Sums up the blocks of a shard, and names what each key has. */
final class SumTalliesFn<R> extends DoFn<KV<Integer, Iterable<Tallies>>, R> {
  private static final long serialVersionUID = 1L;

  private final Naming<R> naming;

  SumTalliesFn(Naming<R> naming) {
    this.naming = naming;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<Tallies>> shard, OutputReceiver<R> out) {
    @Nullable Tallies sums = null;
    for (Tallies block : shard.getValue()) {
      Tallies sum = sums == null ? new Tallies(block.width()) : sums;
      block.byKey().forEach(sum::add);
      sums = sum;
    }
    if (sums != null) {
      sums.byKey().forEach((key, counts) -> out.output(naming.name(key, counts)));
    }
  }
}
