package org.pharos.transforms.cassandra;

import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** What a pipeline counted. */
final class Counters {

  private Counters() {}

  static long read(PipelineResult result, String name) {
    long sum = 0;
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(ReadMetrics.NAMESPACE, name))
            .build();
    for (MetricResult<Long> each : result.metrics().queryMetrics(filter).getCounters()) {
      sum += each.getAttempted();
    }
    return sum;
  }
}
