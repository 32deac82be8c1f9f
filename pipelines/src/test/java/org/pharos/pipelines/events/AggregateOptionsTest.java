package org.pharos.pipelines.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.pharos.pipelines.BadOption;

/** What options say of windows and aggregations, and how they say it wrongly. */
class AggregateOptionsTest {

  @Test
  void windows_are_as_said() {
    assertThat(EventWindows.of("tumbling:10m", "1d", "").getWindowFn())
        .isEqualTo(FixedWindows.of(Duration.standardMinutes(10)));
    assertThat(EventWindows.of("sliding:1h/10m", "0s", "5s").getWindowFn())
        .isEqualTo(
            SlidingWindows.of(Duration.standardHours(1)).every(Duration.standardMinutes(10)));
    assertThat(EventWindows.of("session:500ms", "1h", "").getWindowFn())
        .isEqualTo(Sessions.withGapDuration(Duration.millis(500)));
    assertThat(EventWindows.merge("session:1h")).isTrue();
    assertThat(EventWindows.merge("sliding:1h/10m")).isFalse();
  }

  @Test
  void windows_that_cannot_be_are_told_with_what_is_allowed() {
    refusesWindow("daily", "--window=daily: tumbling:LENGTH, sliding:LENGTH/EVERY or session:GAP");
    refusesWindow("tumbling:soon", "--window=tumbling:soon: a length of time such as 500ms");
    refusesWindow("tumbling:0s", "--window=tumbling:0s: 1ms or more is allowed");
    refusesWindow("sliding:10m", "--window=sliding:10m: tumbling:LENGTH");
    refusesWindow("sliding:10m/1h", "windows must not begin farther apart than they are long");
    assertThatThrownBy(() -> EventWindows.of("session:1h", "late", ""))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith("--allowedLateness=late: a length of time");
    assertThatThrownBy(() -> EventWindows.of("session:1h", "1h", "0s"))
        .isInstanceOf(BadOption.class)
        .hasMessage("--early=0s: 1ms or more is allowed");
  }

  private static void refusesWindow(String window, String message) {
    assertThatThrownBy(() -> EventWindows.of(window, "1d", ""))
        .isInstanceOf(BadOption.class)
        .hasMessageContaining(message);
  }

  @Test
  void aggregates_that_cannot_be_are_told_with_what_is_allowed() {
    assertThat(Aggregates.of(List.of("a"), List.of("count", "sum(b)", "distinct(c)")).entity())
        .containsExactly("a");
    refusesAggregates(
        "--aggregates=total(n): count, recency_days and recency_hours, and of a COLUMN count, sum",
        "total(n)");
    refusesAggregates(
        "--aggregates=sum: count, recency_days and recency_hours, and of a COLUMN count, sum",
        "sum");
    refusesAggregates(
        "--aggregates=sum(: count, recency_days and recency_hours, and of a COLUMN count, sum",
        "sum(");
    refusesAggregates("--aggregates=count: there is a column count already", "count", "count");
  }

  private static void refusesAggregates(String message, String... aggregates) {
    assertThatThrownBy(() -> Aggregates.of(List.of("a"), Arrays.asList(aggregates)))
        .isInstanceOf(BadOption.class)
        .hasMessageStartingWith(message);
  }
}
