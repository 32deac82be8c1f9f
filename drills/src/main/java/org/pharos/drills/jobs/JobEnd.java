package org.pharos.drills.jobs;

import java.util.Map;
import java.util.Set;

/**
 * How a job ended.
 *
 * @param done whether it did what it was to do
 * @param message why not; the empty text if it did
 * @param counts what it told, by name
 * @param unknown entities whose increment may have been written or not
 * @param seconds how long it took, the start of its JVM included
 */
public record JobEnd(
    boolean done, String message, Map<String, Long> counts, Set<Long> unknown, double seconds) {

  /** What it told of something; 0 if nothing. */
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Requests that the doors repeated; -1 if the job failed, since then nobody tells. */
  public long retries() {
    return counts.getOrDefault("retries", -1L);
  }

  /** How long the doors waited because the cluster had too much to do; 0 if the job failed. */
  public double throttledSeconds() {
    return count("throttledMillis") / 1e3;
  }

  /** The most memory that its JVM had. */
  public long peakMegabytes() {
    return count("peakKilobytes") >> 10;
  }
}
