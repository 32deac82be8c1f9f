package org.pharos.pipelines.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {
  @Test
  void what_a_portable_runner_tells_twice_counts_once() {
    assertThat(Counts.sum(List.of(5L))).isEqualTo(5);
    assertThat(Counts.sum(List.of(2L, 2L))).isEqualTo(2);
    assertThat(Counts.sum(List.of(6L, 12L, 6L, 12L))).isEqualTo(18);
    assertThat(Counts.sum(List.of(1L, 2L))).isEqualTo(3);
    assertThat(Counts.sum(List.of(1L, 2L, 2L))).isEqualTo(5);
  }
}
