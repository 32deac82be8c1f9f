package org.pharos.benchmarks.harness;

import java.util.Optional;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Outcome;
import org.pharos.benchmarks.workload.Task;

/** Whether a peer saw what there was. */
final class Correctness {
  private Correctness() {}

  /** What is wrong with the rows that were read. */
  static Optional<String> problem(Outcome outcome, Task task, long expectedDigest) {
    if (outcome.rows() != task.expectedRows()) {
      return Optional.of("%,d rows instead of %,d".formatted(outcome.rows(), task.expectedRows()));
    }
    if (task.job() != Job.COUNT && outcome.digest() != expectedDigest) {
      return Optional.of(
          "the right number of rows, but not all as they were written (digest %x instead of %x)"
              .formatted(outcome.digest(), expectedDigest));
    }
    return Optional.empty();
  }
}
