package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ArrivalsTest {
  private final Arrivals<Integer> arrivals = new Arrivals<>();

  @Test
  void what_several_threads_add_is_taken_once_each_by_one_that_waits_for_it() throws Exception {
    int each = 50_000;
    for (int t = 0; t < 4; t++) {
      int first = t * each;
      Thread thread = new Thread(() -> IntStream.range(first, first + each).forEach(arrivals::add));
      thread.setDaemon(true);
      thread.start();
    }
    Set<Integer> taken = new HashSet<>();
    while (taken.size() < 4 * each) {
      arrivals.await(4 * each - taken.size(), Long.MAX_VALUE);
      Integer next;
      while ((next = arrivals.poll()) != null) {
        assertThat(taken.add(next)).isTrue();
      }
    }
    assertThat(arrivals.poll()).isNull();
  }

  @Test
  void waiting_comes_to_an_end_though_nothing_arrives() throws InterruptedException {
    arrivals.await(64, Long.MAX_VALUE);
    assertThat(arrivals.poll()).isNull();
  }

  @Test
  void an_interrupt_ends_the_waiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> arrivals.await(1, Long.MAX_VALUE))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
