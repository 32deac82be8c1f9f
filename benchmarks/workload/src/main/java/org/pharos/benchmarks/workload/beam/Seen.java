package org.pharos.benchmarks.workload.beam;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.pharos.benchmarks.workload.Meter;

/** Tells the {@link Meter} of each element: where a read ends. */
public final class Seen<T> extends DoFn<T, Void> {
  private static final long serialVersionUID = 1;

  /** So often the clock is looked at within a bundle. */
  private static final int SHARE = 10_000;

  private final SerializableFunction<T, Long> digest;
  private transient long rows;
  private transient long sum;

  public Seen(SerializableFunction<T, Long> digest) {
    this.digest = digest;
  }

  @ProcessElement
  public void see(@Element T element) {
    Meter.first();
    sum += digest.apply(element);
    if (++rows == SHARE) {
      report();
    }
  }

  @FinishBundle
  public void report() {
    Meter.seen(rows, sum);
    rows = 0;
    sum = 0;
  }
}
