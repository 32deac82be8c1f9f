package org.pharos.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void shows_rows_and_the_share_of_splits() {
    Counts counts =
        new Counts(
            Map.of(
                "rows_read",
                150_000L,
                "rows_written",
                50_000L,
                "splits_planned",
                8L,
                "splits_read",
                2L));

    assertThat(Progress.line("copy", counts, "", 4))
        .isEqualTo(
            "  copy                        [#####...............]  25% of splits  200,000 rows"
                + "  50,000 rows/s  4 s");
  }

  @Test
  void shows_the_time_alone_while_nothing_is_counted() {
    assertThat(Progress.line("copy", Counts.NONE, "", 0.2))
        .isEqualTo("  copy                        0 s");
  }

  @Test
  void shows_what_a_cluster_tells() {
    assertThat(Progress.line("copy", Counts.NONE, "RUNNING, 3 of 8 tasks done", 12))
        .isEqualTo("  copy                        RUNNING, 3 of 8 tasks done  12 s");
  }
}
