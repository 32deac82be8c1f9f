package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Loads the blocks of each shard, and gives out the shard when every replica has its rows. */
final class LoadShardFn extends DoFn<KV<Integer, Iterable<byte[]>>, Integer> {
  private static final long serialVersionUID = 1L;

  private final WriteSettings settings;
  private final BulkLoad load;
  private final WritePlan plan;

  private transient @Nullable BulkWorker worker;
  private transient @Nullable BulkMetrics metrics;

  LoadShardFn(WriteSettings settings, BulkLoad load, WritePlan plan) {
    this.settings = settings;
    this.load = load;
    this.plan = plan;
  }

  @Setup
  public void setup() {
    metrics = new BulkMetrics();
    worker = new BulkWorker(settings, load, plan);
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<Integer> out) {
    if (worker == null || metrics == null) {
      throw new IllegalStateException("not set up");
    }
    BulkMetrics counted = metrics;
    counted.loaded(worker.load(counted.counting(shard.getValue())));
    out.output(shard.getKey());
  }

  @Teardown
  public void teardown() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }
}
