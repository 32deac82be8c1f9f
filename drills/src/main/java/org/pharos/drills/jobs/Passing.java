package org.pharos.drills.jobs;

import org.apache.beam.sdk.transforms.DoFn;

/** Lets elements through and counts them, so that faults come when so many have passed. */
final class Passing<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(@Element T element, OutputReceiver<T> out) {
    long ignored = Told.PASSING.incrementAndGet();
    out.output(element);
  }
}
