package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 5);

  @Test
  void the_limit_doubles_up_to_the_cap() {
    assertThat(IntStream.of(1, 2, 3, 4, 5, 40, Integer.MAX_VALUE).mapToLong(backoff::limitAfter))
        .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
  }

  @Test
  void delays_spread_over_all_of_the_limit() {
    List<Long> delays =
        IntStream.range(0, 2000).mapToLong(i -> backoff.delayAfter(3).toMillis()).boxed().toList();
    assertThat(delays).allMatch(delay -> delay >= 0 && delay <= 400);
    assertThat(delays).anyMatch(delay -> delay < 40).anyMatch(delay -> delay > 360);
  }

  @Test
  void attempts_are_bounded() {
    assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::allowsAfter))
        .containsExactly(true, true, true, true, false, false);
  }

  @Test
  void patience_is_threefold_while_no_node_can_be_asked() {
    assertThat(backoff.whileAway())
        .isEqualTo(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), 15));
  }

  @Test
  void nonsense_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 3))
        .withMessage("backoff of PT2S up to PT1S for 3 attempts makes no sense");
  }
}
