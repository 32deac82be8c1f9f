package org.pharos.transforms.cassandra;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/** The metrics of a writer, in the namespace of its transform. */
final class WriteMetrics {
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
  private final Map<FailureClass, Counter> failures = new EnumMap<>(FailureClass.class);
  private final Counter throttled =
      Metrics.counter(Metrics.THROTTLE_TIME_NAMESPACE, Metrics.THROTTLE_TIME_COUNTER_NAME);

  private long throttledNanos;

  WriteMetrics(String namespace) {
    rows = Metrics.counter(namespace, "rows-written");
    bytes = Metrics.counter(namespace, "bytes-written");
    requests = Metrics.counter(namespace, "requests");
    badRecords = Metrics.counter(namespace, "bad-records");
    unknown = Metrics.counter(namespace, "rows-unknown");
    expired = Metrics.counter(namespace, "rows-expired");
    notApplied = Metrics.counter(namespace, "rows-not-applied");
    rowsPerRequest = Metrics.distribution(namespace, "rows-per-request");
    latency = Metrics.distribution(namespace, "latency-ms");
    inFlight = Metrics.distribution(namespace, "requests-in-flight");
    for (FailureClass each : FailureClass.values()) {
      failures.put(
          each,
          Metrics.counter(
              namespace, "failures-" + each.name().toLowerCase(Locale.ROOT).replace('_', '-')));
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

  void failed(FailureClass failure) {
    Counter counter = failures.get(failure);
    if (counter != null) {
      counter.inc();
    }
  }

  void throttled(long nanos) {
    throttledNanos += nanos;
    long millis = TimeUnit.NANOSECONDS.toMillis(throttledNanos);
    if (millis > 0) {
      throttledNanos -= TimeUnit.MILLISECONDS.toNanos(millis);
      throttled.inc(millis);
    }
  }

  void written(PendingRow row) {
    rows.inc();
    bytes.inc(row.bytes());
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
