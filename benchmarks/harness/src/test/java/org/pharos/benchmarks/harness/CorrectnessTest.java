package org.pharos.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pharos.benchmarks.workload.Job;
import org.pharos.benchmarks.workload.Order;
import org.pharos.benchmarks.workload.Outcome;
import org.pharos.benchmarks.workload.Shape;
import org.pharos.benchmarks.workload.Task;

class CorrectnessTest {
  @Test
  void lost_and_changed_rows_are_told() {
    assertThat(Correctness.problem(outcome(1000, 7), task(Job.SCAN), 7)).isEmpty();
    assertThat(Correctness.problem(outcome(999, 7), task(Job.SCAN), 7))
        .contains("999 rows instead of 1,000");
    assertThat(Correctness.problem(outcome(1000, 8), task(Job.SCAN), 7))
        .contains(
            "the right number of rows, but not all as they were written (digest 8 instead of 7)");
  }

  @Test
  void a_key_has_ten_rows_and_a_count_no_digest() {
    assertThat(Correctness.problem(outcome(500, 7), task(Job.LOOKUP), 7)).isEmpty();
    assertThat(Correctness.problem(outcome(1000, 0), task(Job.COUNT), 7)).isEmpty();
  }

  private static Outcome outcome(long rows, long digest) {
    return new Outcome(rows, digest, 2, 1, 1, 1, 100, 0, 0);
  }

  private static Task task(Job job) {
    return new Task(job, Shape.NARROW, Order.CLUSTERED, 1000, 50, "flink", "a:1", "dc1", "");
  }
}
