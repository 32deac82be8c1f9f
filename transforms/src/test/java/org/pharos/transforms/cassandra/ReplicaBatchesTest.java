package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class ReplicaBatchesTest {
  private static final int NODES = 3;

  private final List<List<PendingRow>> left = new ArrayList<>();
  private final ReplicaBatches waiting = new ReplicaBatches(ReplicaBatchesTest::node);

  private static Object node(ByteBuffer partition) {
    return partition.getInt(0) % NODES;
  }

  private static PendingRow row(int partition, int bytes) {
    ByteBuffer key = ByteBuffer.allocate(Integer.BYTES).putInt(0, partition);
    return new PendingRow(
        null, Instant.EPOCH, GlobalWindow.INSTANCE, PaneInfo.NO_FIRING, null, key, bytes, 3);
  }

  @Property(tries = 300)
  void every_row_leaves_once_with_rows_of_its_replicas_and_below_what_the_server_warns_of(
      @ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> partitions,
      @ForAll @IntRange(min = 1, max = 40) int rowsEach,
      @ForAll @IntRange(min = 1, max = 8_000) int bytes) {
    left.clear(); // jqwik keeps the instance from try to try
    List<PendingRow> all = new ArrayList<>();
    for (int partition : partitions) {
      List<PendingRow> batch =
          IntStream.range(0, rowsEach).mapToObj(each -> row(partition, bytes)).toList();
      all.addAll(batch);
      waiting.add(batch, left::add);
    }

    waiting.flush(left::add);

    assertThat(left.stream().flatMap(List::stream).toList())
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .containsExactlyInAnyOrderElementsOf(all);
    for (List<PendingRow> request : left) {
      assertThat(request.stream().map(row -> node(row.partition())).distinct()).hasSize(1);
      boolean alone = request.size() == rowsEach;
      assertThat(alone || request.size() <= ReplicaBatches.MOST_PARTITIONS * rowsEach).isTrue();
      assertThat(
              alone
                  || request.stream().mapToLong(PendingRow::serverBytes).sum()
                      <= ReplicaBatches.MOST_BYTES)
          .isTrue();
    }
  }

  @Test
  void as_many_partitions_as_the_server_takes_without_a_warning_share_a_request() {
    IntStream.range(0, 25).forEach(each -> waiting.add(List.of(row(NODES * each, 8)), left::add));

    assertThat(left).extracting(List::size).containsExactly(10, 10);
    waiting.flush(left::add);
    assertThat(left).extracting(List::size).containsExactly(10, 10, 5);
  }

  @Test
  void a_batch_whose_replicas_are_not_known_leaves_at_once() {
    ReplicaBatches blind = new ReplicaBatches(partition -> null);

    blind.add(List.of(row(1, 8)), left::add);

    assertThat(left).containsExactly(List.of(row(1, 8)));
  }

  @Test
  void the_group_that_waited_longest_leaves_when_too_many_rows_wait() {
    ReplicaBatches scattered = new ReplicaBatches(partition -> partition.getInt(0));

    IntStream.rangeClosed(0, ReplicaBatches.MOST_WAITING_ROWS)
        .forEach(each -> scattered.add(List.of(row(each, 8)), left::add));

    assertThat(left).containsExactly(List.of(row(0, 8)));
  }

  @Test
  void nothing_of_a_failed_bundle_is_left() {
    waiting.add(List.of(row(1, 8)), left::add);

    waiting.clear();
    waiting.flush(left::add);

    assertThat(left).isEmpty();
  }
}
