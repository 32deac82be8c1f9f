package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentRowsTest {

  private static WireRows rows(int count) {
    return new WireRows(count, 0, new byte[0]);
  }

  private final RecentRows recent = RecentRows.cache(16, Duration.ofNanos(100));

  private static List<ByteBuffer> key(int number) {
    return List.of(ByteBuffer.allocate(4).putInt(0, number));
  }

  @Test
  void remembers_what_was_found_and_what_was_not() {
    recent.put(key(1), rows(1), 0);
    recent.put(key(2), WireRows.NONE, 0);
    assertThat(recent.get(key(1), 1)).isEqualTo(rows(1));
    assertThat(recent.get(key(2), 1)).isEqualTo(WireRows.NONE);
    assertThat(recent.get(key(3), 1)).isNull();
  }

  @Test
  void forgets_after_its_time() {
    recent.put(key(1), rows(1), 0);
    assertThat(recent.get(key(1), 100)).isNotNull();
    assertThat(recent.get(key(1), 101)).isNull();
    assertThat(recent.rows()).isZero();
  }

  @Test
  void forgets_what_was_not_asked_for_for_longest() {
    for (int i = 0; i < 16; i++) {
      recent.put(key(i), rows(1), 0);
    }
    assertThat(recent.get(key(0), 1)).isNotNull();
    recent.put(key(16), rows(1), 0);
    assertThat(recent.get(key(0), 1)).isNotNull();
    assertThat(recent.get(key(1), 1)).isNull();
    assertThat(recent.rows()).isEqualTo(16);
  }

  @Test
  void does_not_take_a_large_partition() {
    recent.put(key(1), rows(3), 0);
    assertThat(recent.get(key(1), 1)).isNull();
    recent.put(key(1), rows(2), 0);
    assertThat(recent.get(key(1), 1)).isEqualTo(rows(2));
    assertThat(recent.rows()).isEqualTo(2);
  }

  @Test
  void while_no_key_comes_again_it_remembers_one_in_sixteen() {
    RecentRows useful = RecentRows.whileUseful(16, 10);
    List<Integer> remembered = new ArrayList<>();
    for (int i = 0; i < 170; i++) {
      useful.put(key(i), WireRows.NONE, 0);
      if (useful.rows() > 0) {
        remembered.add(i);
      }
    }
    assertThat(remembered)
        .containsExactlyElementsOf(
            IntStream.concat(IntStream.range(0, 10), IntStream.range(160, 170))
                .boxed()
                .collect(Collectors.toList()));
    // A key that does come again is worth remembering the next ones.
    assertThat(useful.get(key(169), 0)).isNotNull();
    useful.put(key(170), WireRows.NONE, 0);
    assertThat(useful.get(key(170), 0)).isNotNull();
  }
}
