package org.pharos.transforms.cassandra;

import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * The time that was spent waiting for the cluster's or the limit's sake, in milliseconds, where
 * Beam's runners look for it. Only for the thread that runs the bundle.
 */
final class ThrottledTime {
  private final Counter millis =
      Metrics.counter(Metrics.THROTTLE_TIME_NAMESPACE, Metrics.THROTTLE_TIME_COUNTER_NAME);
  private long nanos;

  void add(long waitedNanos) {
    nanos += waitedNanos;
    long whole = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (whole > 0) {
      nanos -= TimeUnit.MILLISECONDS.toNanos(whole);
      millis.inc(whole);
    }
  }
}
