package org.pharos.transforms.cassandra;

import java.util.stream.StreamSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** Reads the metrics of a pipeline that ran. */
final class Metrics {
  private Metrics() {}

  static long counter(PipelineResult result, String name) {
    return sum(result, MetricsFilter.builder().build(), name);
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
