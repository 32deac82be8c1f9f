package org.pharos.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void a_task_survives_its_command_line() {
    Task task =
        new Task(
            Job.LOOKUP,
            Shape.COLLECTIONS,
            Order.SHUFFLED,
            1000,
            50,
            "direct",
            "127.0.0.1:9042",
            "dc1",
            "/a=b");
    assertThat(Task.parse(task.arguments().toArray(new String[0]))).isEqualTo(task);
    assertThat(task.host()).isEqualTo("127.0.0.1");
    assertThat(task.port()).isEqualTo(9042);
    assertThat(task.units()).isEqualTo(50);
    assertThat(task.expectedRows()).isEqualTo(500);
  }

  @Test
  void what_a_task_lacks_is_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Task.parse("job=scan"))
        .withMessage("a task needs shape, and there is only {job=scan}");
  }

  @Test
  void an_outcome_is_found_among_other_lines() {
    Outcome outcome = new Outcome(10, -3, 2.5, 1.5, 4, 3.25, 512, 0.5, 0.75);
    assertThat(Outcome.find("a warning\n" + outcome.line() + "\nthe end\n")).contains(outcome);
    assertThat(Outcome.find("a warning\n")).isEmpty();
  }

  @Test
  void a_shape_says_its_table() {
    assertThat(Shape.NARROW.createStatement())
        .isEqualTo(
            "CREATE TABLE bench.narrow (entity_id bigint, ts timestamp, f1 double, f2 double,"
                + " f3 double, label int, payload text, PRIMARY KEY (entity_id, ts))");
    assertThat(Shape.NARROW.insertStatement())
        .isEqualTo(
            "INSERT INTO bench.narrow (entity_id, ts, f1, f2, f3, label, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    assertThat(Shape.WIDE.columns()).hasSize(50);
  }
}
