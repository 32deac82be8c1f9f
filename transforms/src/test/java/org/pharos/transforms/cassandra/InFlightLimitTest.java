package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {
  private final InFlightLimit limit = new InFlightLimit();

  /** Fills the limit and answers each request after this many milliseconds. */
  private void round(long millis) {
    int taken = 0;
    while (limit.tryAcquire(false)) {
      taken++;
    }
    for (int i = 0; i < taken; i++) {
      limit.release();
      limit.answered(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }

  @Test
  void grows_while_it_is_used_up_and_answers_come_fast() {
    for (int i = 0; i < 60; i++) {
      round(2);
    }
    assertThat(limit.limit()).isEqualTo(InFlightLimit.HIGHEST);
    assertThat(limit.reduced()).isFalse();
  }

  @Test
  void doubles_until_answers_slow_down_and_grows_by_an_eighth_from_then_on() {
    round(2);
    round(2);
    assertThat(limit.limit()).isEqualTo(4 * InFlightLimit.START);
    round(60);
    assertThat(limit.limit()).isEqualTo(4 * InFlightLimit.START);
    round(2);
    assertThat(limit.limit()).isEqualTo(4 * InFlightLimit.START + InFlightLimit.START / 2);
  }

  @Test
  void stays_when_nobody_needs_more() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.tryAcquire(false)).isTrue();
      limit.release();
      limit.answered(1_000);
    }
    assertThat(limit.limit()).isEqualTo(InFlightLimit.START);
  }

  @Test
  void stays_when_answers_slow_down_and_shrinks_when_they_crawl() {
    round(2);
    int grown = limit.limit();
    round(60);
    assertThat(limit.limit()).isEqualTo(grown);
    round(1_000);
    assertThat(limit.limit()).isEqualTo(grown - grown / 8);
    assertThat(limit.reduced()).isTrue();
  }

  @Test
  void halves_once_for_answers_that_belong_together() {
    limit.pushedBack(0);
    limit.pushedBack(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(limit.limit()).isEqualTo(InFlightLimit.START / 2);
    for (int i = 1; i < 20; i++) {
      limit.pushedBack(TimeUnit.MILLISECONDS.toNanos(200L * i));
    }
    assertThat(limit.limit()).isEqualTo(InFlightLimit.LOWEST);
  }

  @Test
  void whoever_has_nothing_in_flight_gets_a_permit() {
    while (limit.tryAcquire(false)) {
      assertThat(limit.inFlight()).isPositive();
    }
    assertThat(limit.tryAcquire(true)).isTrue();
  }
}
