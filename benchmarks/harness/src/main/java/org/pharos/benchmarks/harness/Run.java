package org.pharos.benchmarks.harness;

import java.util.Optional;
import org.pharos.benchmarks.workload.Outcome;

/**
 * One run of one peer.
 *
 * @param units rows or keys that were worked on
 * @param outcome what the peer measured; empty if it failed before its end
 * @param serverCpuSeconds of the server meanwhile
 * @param problem why the run does not count; empty if it does
 */
record Run(
    PeerProgram peer,
    long units,
    Optional<Outcome> outcome,
    double serverCpuSeconds,
    Optional<String> problem) {

  boolean counts() {
    return problem.isEmpty() && outcome.isPresent();
  }
}
