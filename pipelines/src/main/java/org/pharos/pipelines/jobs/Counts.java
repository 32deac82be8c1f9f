package org.pharos.pipelines.jobs;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.pharos.transforms.cassandra.Traffic;

/**
 * What the doors and readers of a running job have counted so far, over all of its steps.
 *
 * @param byName each counter of ours by its name, such as {@code rows_written}
 */
public record Counts(Map<String, Long> byName) {

  /** Nothing counted. */
  public static final Counts NONE = new Counts(Map.of());

  private static final String BEAM = "org.apache.beam.";

  /** Asks a job; a runner that cannot tell while the job runs gives {@link #NONE}. */
  static Counts of(PipelineResult job) {
    try {
      Map<String, Long> sums = new TreeMap<>();
      for (MetricResult<Long> counter :
          job.metrics().queryMetrics(MetricsFilter.builder().build()).getCounters()) {
        MetricName name = counter.getName();
        if (!name.getNamespace().startsWith(BEAM)) {
          // Direct adds what a bundle attempted a moment after it has committed it.
          Long committed = counter.getCommittedOrNull();
          long attempted = counter.getAttempted();
          sums.merge(
              name.getName(),
              committed == null ? attempted : Math.max(committed, attempted),
              Long::sum);
        }
      }
      return new Counts(sums);
    } catch (UnsupportedOperationException | IllegalStateException e) {
      return NONE;
    }
  }

  /** What the doors did in this JVM, by the names of their counters. */
  static Counts of(Traffic traffic) {
    return new Counts(
        Map.of(
            "rows_read", traffic.rowsRead(),
            "rows_written", traffic.rowsWritten(),
            "splits_planned", traffic.splitsPlanned(),
            "splits_read", traffic.splitsRead()));
  }

  /** What a counter came to; 0 if nothing was counted. */
  public long get(String name) {
    return byName.getOrDefault(name, 0L);
  }

  /** Rows that went through a door, either way. */
  public long rows() {
    return get("rows_read") + get("rows_written");
  }
}
