package org.pharos.drills.jobs;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;

/** Has each element told about when the job ends, and gives nothing out. */
final class Telling<T> extends DoFn<T, Void> {
  private static final long serialVersionUID = 1L;

  /** Says what an element comes to, to {@link Told}. */
  interface Teller<T> extends Serializable {
    void tell(T element);
  }

  private final Teller<T> teller;

  Telling(Teller<T> teller) {
    this.teller = teller;
  }

  @ProcessElement
  public void process(@Element T element) {
    teller.tell(element);
  }
}
