package org.pharos.pipelines.jobs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricKey;
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
  public static Counts of(PipelineResult job) {
    try {
      Map<MetricKey, List<Long>> counters = new HashMap<>();
      for (MetricResult<Long> counter :
          job.metrics().queryMetrics(MetricsFilter.builder().build()).getCounters()) {
        if (!counter.getName().getNamespace().startsWith(BEAM)) {
          // Direct adds what a bundle attempted a moment after it has committed it, or never: its
          // executor for that is shut down at the end.
          Long committed = counter.getCommittedOrNull();
          long attempted = counter.getAttempted();
          counters
              .computeIfAbsent(counter.getKey(), key -> new ArrayList<>())
              .add(committed == null ? attempted : Math.max(committed, attempted));
        }
      }
      Map<String, Long> sums = new TreeMap<>();
      counters.forEach(
          (key, counts) -> sums.merge(key.metricName().getName(), sum(counts), Long::sum));
      return new Counts(sums);
    } catch (UnsupportedOperationException | IllegalStateException e) {
      return NONE;
    }
  }

  /**
   * Of one counter of one step. A portable runner gives as many as the step has tasks, and each
   * twice, as attempted and as committed (Beam's issue 32001); other runners give one.
   */
  static long sum(List<Long> counts) {
    List<Long> sorted = counts.stream().sorted().toList();
    long sum = sorted.stream().mapToLong(count -> count).sum();
    boolean twice =
        IntStream.range(0, sorted.size() / 2)
            .allMatch(pair -> sorted.get(2 * pair).equals(sorted.get(2 * pair + 1)));
    return twice && sorted.size() % 2 == 0 ? sum / 2 : sum;
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
