package org.pharos.transforms.cassandra;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** Reads the metrics of a pipeline that ran. */
final class Metrics {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Metrics() {}

  /**
   * A counter's value. The Direct runner adds a bundle's counts on a thread of its own, which may
   * come after the end of the pipeline: a zero is looked at again for a while.
   */
  static long counter(PipelineResult result, String name) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long value = sum(result, MetricsFilter.builder().build(), name);
    while (value == 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PATIENCE.toNanos() / 10);
      value = sum(result, MetricsFilter.builder().build(), name);
    }
    return value;
  }

  static long throttled(PipelineResult result) {
    return sum(
        result,
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named("beam-throttling-metrics", "throttling-msecs"))
            .build(),
        "throttling-msecs");
  }

  private static long sum(PipelineResult result, MetricsFilter filter, String name) {
    return StreamSupport.stream(
            result.metrics().queryMetrics(filter).getCounters().spliterator(), false)
        .filter(counter -> counter.getName().getName().equals(name))
        .mapToLong(counter -> counter.getAttempted())
        .sum();
  }
}
