package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CalendarDurationTest {

  @Test
  void keeps_months_days_and_nanos_apart() {
    CalendarDuration duration = new CalendarDuration(-1, -31, Long.MIN_VALUE);

    assertThat(CalendarDuration.TYPE.toInputType(CalendarDuration.TYPE.toBaseType(duration)))
        .isEqualTo(duration);
    assertThat(new CalendarDuration(1, 0, 0)).isNotEqualTo(new CalendarDuration(0, 30, 0));
  }

  @Test
  void refuses_mixed_signs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CalendarDuration(1, 0, -1))
        .withMessage("months, days and nanos of a duration have one sign, not 1, 0, -1");
  }
}
