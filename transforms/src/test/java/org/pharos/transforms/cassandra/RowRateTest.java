package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RowRateTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** A try to send some rows, so long after the one before. */
  record Try(long after, int rows) {}

  @Provide
  Arbitrary<List<Try>> tries() {
    return Combinators.combine(
            Arbitraries.longs().between(0, SECOND / 5), Arbitraries.integers().between(1, 64))
        .as(Try::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(300);
  }

  @Property
  void never_passes_more_than_the_rate_a_burst_and_one_request(
      @ForAll("tries") List<Try> tries, @ForAll boolean overflowing) {
    double perSecond = 500;
    long start = overflowing ? Long.MAX_VALUE - SECOND : 0;
    RowRate rate = new RowRate(perSecond, start);
    long now = start;
    long passed = 0;
    for (Try each : tries) {
      now += each.after();
      passed += rate.tryPass(each.rows(), now) ? each.rows() : 0;
      double seconds = (now - start) / (double) SECOND;
      assertThat((double) passed).isLessThanOrEqualTo(perSecond * (seconds + 0.1) + 64 + 1);
    }
  }

  @Test
  void passes_the_whole_rate_to_whoever_always_has_rows() {
    RowRate rate = new RowRate(1_000, 0);
    long passed = 0;
    for (long now = 0; now < 20 * SECOND; now += SECOND / 1_000) {
      while (rate.tryPass(7, now)) {
        passed += 7;
      }
    }
    assertThat(passed).isBetween(20_000L, 20_120L);
  }

  @Test
  void does_not_make_up_for_a_pause() {
    RowRate rate = new RowRate(1_000, 0);
    long passed = 0;
    while (rate.tryPass(1, 60 * SECOND)) {
      passed++;
    }
    assertThat(passed).isEqualTo(101);
  }

  @Test
  void holds_back_whoever_waits_for_as_long_as_the_rate_says() throws InterruptedException {
    long start = System.nanoTime();
    RowRate rate = new RowRate(1_000, start);
    long waited = rate.pass(300) + rate.pass(1);
    // 300 rows are 300 ms, less the 100 ms that may go at once.
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SECOND / 5);
    assertThat(waited).isPositive();
  }

  @Test
  void a_job_in_several_processes_shares_the_limit_out() {
    assertThat(WriteLimit.rowsPerSecond(900).acrossWorkers(3).ofEachWorker()).isEqualTo(300);
    assertThatThrownBy(() -> WriteLimit.rowsPerSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows per second are a number above 0, not 0.0");
    assertThatThrownBy(() -> WriteLimit.rowsPerSecond(Double.NaN))
        .hasMessage("rows per second are a number above 0, not NaN");
    assertThatThrownBy(() -> WriteLimit.rowsPerSecond(10).acrossWorkers(0))
        .hasMessage("workers are at least 1, not 0");
  }
}
