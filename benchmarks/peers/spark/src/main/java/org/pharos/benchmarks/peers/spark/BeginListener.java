package org.pharos.benchmarks.peers.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.pharos.benchmarks.workload.Meter;

/** Tells the meter of the first task, which reads the first rows. */
final class BeginListener extends SparkListener {
  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    Meter.first();
  }
}
