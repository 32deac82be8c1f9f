package org.pharos.benchmarks.workload.beam;

import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.benchmarks.workload.Meter;

/** Nothing in; one element for each place of a task's rows or keys out. */
public final class Numbers<T> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1;

  private final long count;
  private final SerializableFunction<Long, T> element;
  private final transient Coder<T> coder;

  private Numbers(long count, SerializableFunction<Long, T> element, Coder<T> coder) {
    this.count = count;
    this.element = element;
    this.coder = coder;
  }

  /** The elements of the places 0 to count - 1. */
  public static <T> Numbers<T> of(
      long count, SerializableFunction<Long, T> element, Coder<T> coder) {
    return new Numbers<>(count, element, coder);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    return begin
        .apply("Count", GenerateSequence.from(0).to(count))
        .apply("Make elements", ParDo.of(new MakeFn<>(element)))
        .setCoder(coder);
  }

  private static final class MakeFn<T> extends DoFn<Long, T> {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<Long, T> element;

    MakeFn(SerializableFunction<Long, T> element) {
      this.element = element;
    }

    @ProcessElement
    public void make(@Element Long number, OutputReceiver<T> out) {
      Meter.first();
      out.output(element.apply(number));
    }
  }
}
