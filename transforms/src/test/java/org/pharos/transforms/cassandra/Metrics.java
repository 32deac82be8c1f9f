package org.pharos.transforms.cassandra;

import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** Reads the metrics of a pipeline that ran. */
final class Metrics {
  private Metrics() {}

  /** A counter's value, of all steps. */
  static long counter(PipelineResult result, String name) {
    return sum(result, MetricsFilter.builder().build(), name);
  }

  /** For how many milliseconds work was held back. */
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
        .mapToLong(Metrics::value)
        .sum();
  }

  /**
   * Direct adds what a bundle attempted after it has committed it, which may be after the end, or
   * never: its executor for that is shut down at the end. Flink knows only what was attempted.
   */
  private static long value(MetricResult<Long> counter) {
    Long committed = counter.getCommittedOrNull();
    return committed == null ? counter.getAttempted() : committed;
  }
}
