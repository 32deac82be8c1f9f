package org.pharos.pipelines.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.report.Axis.Tick;

class AxisTest {
  @Test
  void ends_at_a_round_number_and_marks_round_ones() {
    Axis axis = Axis.fromZero("rows", 2_345);

    assertThat(axis.ticks())
        .containsExactly(
            new Tick(0, "0"),
            new Tick(500, "500"),
            new Tick(1000, "1,000"),
            new Tick(1500, "1,500"),
            new Tick(2000, "2,000"),
            new Tick(2500, "2,500"));
    assertThat(axis.position(1250)).isEqualTo(0.5);
    assertThat(axis.position(9999)).isEqualTo(1);
  }

  @Test
  void lays_out_powers_of_ten_evenly() {
    Axis axis = Axis.log("degree", 700);

    assertThat(axis.ticks())
        .containsExactly(
            new Tick(1, "1"), new Tick(10, "10"), new Tick(100, "100"), new Tick(1000, "1,000"));
    assertThat(axis.position(1)).isZero();
    assertThat(axis.position(1000)).isEqualTo(1);
  }

  @Test
  void marks_the_quarters_of_years() {
    Axis axis =
        Axis.days(
            "week", LocalDate.of(1997, 1, 5).toEpochDay(), LocalDate.of(1997, 8, 1).toEpochDay());

    assertThat(axis.ticks())
        .containsExactly(
            new Tick(LocalDate.of(1997, 4, 1).toEpochDay(), "Apr 1997"),
            new Tick(LocalDate.of(1997, 7, 1).toEpochDay(), "Jul 1997"));
  }
}
