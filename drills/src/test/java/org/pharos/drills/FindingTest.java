package org.pharos.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pharos.drills.jobs.JobEnd;
import org.pharos.drills.rows.RowTally;

class FindingTest {
  private static final JobEnd DONE =
      new JobEnd(true, "", Map.of("retries", 7L, "peakKilobytes", 614_400L), Set.of(), 12.34);
  private static final JobEnd FAILED =
      new JobEnd(false, "reading k.t failed: unconfigured table t", Map.of(), Set.of(), 3);

  private static RowTally seen(long... numbers) {
    RowTally tally = new RowTally();
    for (long number : numbers) {
      tally.add(number);
    }
    return tally;
  }

  @Test
  void every_row_once_passes() {
    assertThat(Finding.of("d", "write", 3, 1, seen(0, 1, 2), DONE))
        .isEqualTo(new Finding("d", "write", 3, 3, 0, 0, 1, 12.34, 7, 600, true, ""));
  }

  @Test
  void missing_doubled_and_wrong_rows_do_not_pass() {
    RowTally wrong = seen(0, 1, 2);
    wrong.addWrong();

    assertThat(Finding.of("d", "write", 3, 0, seen(0, 2), DONE))
        .isEqualTo(new Finding("d", "write", 3, 2, 0, 1, 0, 12.34, 7, 600, false, ""));
    assertThat(Finding.of("d", "write", 3, 0, seen(0, 2, 2, 1), DONE))
        .isEqualTo(new Finding("d", "write", 3, 3, 1, 0, 0, 12.34, 7, 600, false, ""));
    assertThat(Finding.of("d", "write", 3, 0, wrong, DONE).note())
        .isEqualTo("1 rows with wrong content");
    assertThat(Finding.of("d", "write", 3, 0, wrong, DONE).passed()).isFalse();
  }

  @Test
  void a_job_that_fails_passes_only_where_it_must_and_with_the_right_message() {
    assertThat(Finding.of("d", "write", 2, 0, seen(0, 1), FAILED))
        .isEqualTo(
            new Finding(
                "d",
                "write",
                2,
                2,
                0,
                0,
                0,
                3,
                -1,
                0,
                false,
                "failed: reading k.t failed: unconfigured table t"));
    assertThat(Finding.ofRefusal("d", "scan", "unconfigured table", FAILED))
        .isEqualTo(
            new Finding(
                "d",
                "scan",
                0,
                0,
                0,
                0,
                0,
                3,
                -1,
                0,
                true,
                "fails as it must: reading k.t failed: unconfigured table t"));
    assertThat(Finding.ofRefusal("d", "scan", "password", FAILED).passed()).isFalse();
    assertThat(Finding.ofRefusal("d", "scan", "password", DONE).note()).isEqualTo("did not fail");
  }

  @Test
  void a_further_condition_can_only_make_it_worse() {
    Finding passed = Finding.of("d", "write", 1, 0, seen(0), DONE);
    Finding failed = Finding.of("d", "write", 2, 0, seen(0), DONE);

    assertThat(passed.and(true, "5 unknown").passed()).isTrue();
    assertThat(passed.and(true, "5 unknown").note()).isEqualTo("5 unknown");
    assertThat(passed.and(false, "too late").passed()).isFalse();
    assertThat(failed.and(true, "").passed()).isFalse();
  }

  @Test
  void a_job_that_must_be_held_back_passes_only_if_it_was() {
    Finding passed = Finding.of("d", "write", 1, 0, seen(0), DONE);
    JobEnd never = new JobEnd(true, "", Map.of("retries", 0L), Set.of(), 1);
    JobEnd throttled =
        new JobEnd(true, "", Map.of("retries", 0L, "throttledMillis", 7_400L), Set.of(), 1);

    assertThat(passed.heldBack(never, true).passed()).isFalse();
    assertThat(passed.heldBack(never, true).note()).contains("never held back");
    assertThat(passed.heldBack(never, false)).isEqualTo(passed);
    assertThat(passed.heldBack(DONE, true)).isEqualTo(passed);
    assertThat(passed.heldBack(throttled, true)).isEqualTo(passed.and(true, "held back for 7 s"));
  }

  @Test
  void a_table_lines_numbers_up_and_says_how_each_job_came_out() {
    List<Finding> findings =
        List.of(
            new Finding(
                "kill-node", "write", 1_000_000, 1_000_000, 0, 0, 0, 61.5, 12, 700, true, ""),
            new Finding("d", "scan", 5, 4, 0, 1, 0, 3, -1, 80, false, "failed: a | b"));

    assertThat(FindingsTable.of(findings))
        .isEqualTo(
            """
| drill     | job   |  expected |     found | doubled | missing | bad | seconds | retries | peak MB | outcome |
|-----------|-------|----------:|----------:|--------:|--------:|----:|--------:|--------:|--------:|---|
| kill-node | write | 1,000,000 | 1,000,000 |       0 |       0 |   0 |      62 |      12 |     700 | passed |
| d         | scan  |         5 |         4 |       0 |       1 |   0 |       3 |       - |      80 | FAILED: failed: a \\| b |
""");
  }

  @Test
  void a_file_has_the_same_for_programs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("findings.json");
    FindingsFile.write(
        List.of(
            Finding.of("d", "write", 1, 0, seen(0), DONE),
            Finding.ofRefusal("d", "scan", "unconfigured", FAILED)),
        file);

    assertThat(new ObjectMapper().readTree(file.toFile()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    [{"drill": "d", "job": "write", "rowsExpected": 1, "rowsFound": 1, "doubled": 0,
                      "missing": 0, "bad": 0, "seconds": 12.3, "retries": 7, "peakMegabytes": 600,
                      "passed": true, "note": ""},
                     {"drill": "d", "job": "scan", "rowsExpected": 0, "rowsFound": 0, "doubled": 0,
                      "missing": 0, "bad": 0, "seconds": 3.0, "retries": null, "peakMegabytes": 0,
                      "passed": true,
                      "note": "fails as it must: reading k.t failed: unconfigured table t"}]
                    """));
  }
}
