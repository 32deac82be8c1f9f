package org.pharos.pipelines.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

class AsOfTimesTest {
  @Test
  void times_come_in_order_and_once() {
    assertThat(
            AsOfTimes.of("at", "1998-02-01T00:00:00Z, 1998-01-01T00:00:00Z,1998-02-01T00:00:00Z"))
        .containsExactly(
            Instant.parse("1998-01-01T00:00:00Z"), Instant.parse("1998-02-01T00:00:00Z"));
    assertThat(AsOfTimes.of("at", "1998-01-01T00:00:00Z/1998-01-03T00:00:00Z/36h"))
        .containsExactly(
            Instant.parse("1998-01-01T00:00:00Z"), Instant.parse("1998-01-02T12:00:00Z"));
  }

  @Test
  void what_is_no_time_is_refused() {
    for (String wrong :
        List.of(
            "",
            "soon",
            "1998-01-02T00:00:00Z/1998-01-01T00:00:00Z/1d",
            "1998-01-01T00:00:00Z/1998-01-02T00:00:00Z/0d",
            "1998-01-01T00:00:00Z/1998-01-02T00:00:00Z/1ms")) {
      assertThatThrownBy(() -> assertThat(AsOfTimes.of("at", wrong)).isNull())
          .isInstanceOf(BadOption.class)
          .hasMessageContaining("times in ISO-8601 with commas between them, or FROM/UNTIL/EVERY");
    }
  }

  @Test
  void nobody_knows_the_future() {
    String tomorrow = Instant.now().plus(86_400_000).toString();
    assertThatThrownBy(
            () -> assertThat(AsOfTimes.of("at", "1998-01-01T00:00:00Z," + tomorrow)).isNull())
        .isInstanceOf(BadOption.class)
        .hasMessageContaining(tomorrow + ": times until now are allowed");
  }
}
