package org.pharos.benchmarks.workload.beam;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.pharos.benchmarks.workload.Meter;

/**
 * Nothing in; one element for each place of a task's rows or keys out. They come from a function, a
 * range at a time, not from a Beam source: on Flink a source updates all metrics with each element,
 * which took a fifth of the CPU of a write.
 */
public final class Numbers<T> extends PTransform<PBegin, PCollection<T>> {
  private static final long serialVersionUID = 1;

  /** Enough for all workers to have about as many. */
  private static final int RANGES = 64;

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
    List<KV<Long, Long>> ranges = new ArrayList<>();
    for (int i = 0; i < RANGES; i++) {
      ranges.add(KV.of(count * i / RANGES, count * (i + 1) / RANGES));
    }
    return begin
        .apply("Ranges", Create.of(ranges))
        .apply("Share out", Reshuffle.viaRandomKey())
        .apply("Make elements", ParDo.of(new MakeFn<>(element)))
        .setCoder(coder);
  }

  private static final class MakeFn<T> extends DoFn<KV<Long, Long>, T> {
    private static final long serialVersionUID = 1;

    private final SerializableFunction<Long, T> element;

    MakeFn(SerializableFunction<Long, T> element) {
      this.element = element;
    }

    @ProcessElement
    public void make(@Element KV<Long, Long> range, OutputReceiver<T> out) {
      Meter.first();
      for (long number = range.getKey(); number < range.getValue(); number++) {
        out.output(element.apply(number));
      }
    }
  }
}
