package org.pharos.transforms.cassandra;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What readers count, in the namespace {@code cassandra}. Only for the thread that runs the bundle:
 * Beam would lose what another thread counts.
 */
final class ReadMetrics {

  static final String NAMESPACE = "cassandra";

  private final Counter rows = Metrics.counter(NAMESPACE, "rows_read");
  private final Counter bytes = Metrics.counter(NAMESPACE, "bytes_read");
  private final Counter requests = Metrics.counter(NAMESPACE, "read_requests");
  private final Distribution latency = Metrics.distribution(NAMESPACE, "read_latency_ms");
  private final Map<FailureClass, Counter> retries = new EnumMap<>(FailureClass.class);
  private final ThrottledTime throttled = new ThrottledTime();

  ReadMetrics() {
    for (FailureClass each : FailureClass.values()) {
      if (each.mayRepeat()) {
        retries.put(
            each,
            Metrics.counter(NAMESPACE, "read_retries_" + each.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  void answered(int rowCount, long byteCount, long nanos) {
    rows.inc(rowCount);
    Traffic.read(rowCount);
    bytes.inc(byteCount);
    requests.inc();
    latency.update(nanos / 1_000_000);
  }

  void throttled(long nanos) {
    throttled.add(nanos);
  }

  void repeated(FailureClass failure) {
    requests.inc();
    Counter counter = retries.get(failure);
    if (counter != null) {
      counter.inc();
    }
  }
}
