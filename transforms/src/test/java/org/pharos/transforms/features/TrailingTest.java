package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class TrailingTest {
  private static final Instant END = Instant.parse("1998-07-01T00:00:00Z");

  @Test
  void the_end_belongs_to_a_window_and_the_begin_does_not() {
    Trailing day = Trailing.days(1);

    assertThat(day.covers(END, END)).isTrue();
    assertThat(day.covers(END.minus(86_399_999), END)).isTrue();
    assertThat(day.covers(END.minus(86_400_000), END)).isFalse();
    assertThat(Trailing.all().covers(new Instant(Long.MIN_VALUE), END)).isTrue();
  }

  @Test
  void labels_are_in_the_largest_unit_that_fits() {
    assertThat(
            new String[] {
              Trailing.days(7).label(),
              Trailing.hours(36).label(),
              Trailing.of(Duration.standardMinutes(90)).label(),
              Trailing.of(Duration.standardSeconds(15)).label(),
              Trailing.of(Duration.millis(1_500)).label(),
              Trailing.all().label()
            })
        .containsExactly("7d", "36h", "90m", "15s", "1500ms", "all");
  }

  @Test
  void a_window_without_length_is_refused() {
    assertThatThrownBy(() -> Trailing.days(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window must be 1 ms long or more, but this is 0 ms");
    assertThatThrownBy(() -> Trailing.of(Duration.standardDays(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a window must be 1 ms long or more, but this is -86400000 ms");
  }
}
