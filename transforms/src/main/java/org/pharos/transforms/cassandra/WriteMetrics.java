package org.pharos.transforms.cassandra;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What writers count, in the namespace {@code cassandra}, and the time that they were throttled
 * where Beam's runners look for it. Only for the thread that runs the bundle.
 */
final class WriteMetrics {
  static final String NAMESPACE = ReadMetrics.NAMESPACE;

  private final Counter rows;
  private final Counter bytes;
  private final Counter requests;
  private final Counter badRecords;
  private final Counter unknown;
  private final Counter expired;
  private final Counter notApplied;
  private final Distribution rowsPerRequest;
  private final Distribution latency;
  private final Distribution inFlight;
  private final Map<FailureClass, Counter> retries = new EnumMap<>(FailureClass.class);
  private final ThrottledTime throttled = new ThrottledTime();

  WriteMetrics() {
    rows = Metrics.counter(NAMESPACE, "rows_written");
    bytes = Metrics.counter(NAMESPACE, "bytes_written");
    requests = Metrics.counter(NAMESPACE, "write_requests");
    badRecords = Metrics.counter(NAMESPACE, "bad_records");
    unknown = Metrics.counter(NAMESPACE, "rows_unknown");
    expired = Metrics.counter(NAMESPACE, "rows_expired");
    notApplied = Metrics.counter(NAMESPACE, "rows_not_applied");
    rowsPerRequest = Metrics.distribution(NAMESPACE, "rows_per_write_request");
    latency = Metrics.distribution(NAMESPACE, "write_latency_ms");
    inFlight = Metrics.distribution(NAMESPACE, "write_requests_in_flight");
    for (FailureClass each : FailureClass.values()) {
      retries.put(
          each,
          Metrics.counter(NAMESPACE, "write_retries_" + each.name().toLowerCase(Locale.ROOT)));
    }
  }

  void sent(WriteRequest request, int nowInFlight) {
    requests.inc();
    rowsPerRequest.update(request.rows.size());
    inFlight.update(nowInFlight);
  }

  void answered(long latencyNanos) {
    latency.update(TimeUnit.NANOSECONDS.toMillis(latencyNanos));
  }

  void retried(FailureClass failure) {
    Counter counter = retries.get(failure);
    if (counter != null) {
      counter.inc();
    }
  }

  void throttled(long nanos) {
    throttled.add(nanos);
  }

  void written(int rowCount, int byteCount) {
    rows.inc(rowCount);
    Traffic.wrote(rowCount);
    bytes.inc(byteCount);
  }

  void bad() {
    badRecords.inc();
  }

  void unknown() {
    unknown.inc();
  }

  void expired() {
    expired.inc();
  }

  void notApplied() {
    notApplied.inc();
  }
}
