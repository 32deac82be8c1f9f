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

class OpenBatchesTest {
  private final OpenBatches open = new OpenBatches();
  private final List<List<PendingRow>> left = new ArrayList<>();

  private static PendingRow row(int partition, int bytes) {
    ByteBuffer key = ByteBuffer.allocate(Integer.BYTES).putInt(0, partition);
    return new PendingRow(
        null, Instant.EPOCH, GlobalWindow.INSTANCE, PaneInfo.NO_FIRING, null, key, bytes, 1);
  }

  private void add(List<PendingRow> rows) {
    rows.forEach(each -> open.add(each, left::add));
  }

  @Property(tries = 200)
  void every_row_leaves_once_with_its_partition_in_order_and_within_the_limits(
      @ForAll @Size(max = 400) List<@IntRange(max = 20) Integer> partitions,
      @ForAll @IntRange(min = 1, max = 20_000) int bytes) {
    List<PendingRow> rows = partitions.stream().map(each -> row(each, bytes)).toList();
    left.clear(); // jqwik keeps the instance from try to try

    add(rows);
    open.flush(left::add);

    assertThat(left.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(rows);
    for (List<PendingRow> batch : left) {
      assertThat(batch).hasSizeBetween(1, OpenBatches.MOST_ROWS);
      assertThat(batch).extracting(PendingRow::partition).containsOnly(batch.get(0).partition());
      assertThat(batch.size() == 1 || batch.size() * bytes <= OpenBatches.MOST_BYTES).isTrue();
    }
    for (int partition = 0; partition <= 20; partition++) {
      ByteBuffer key = row(partition, 1).partition();
      assertThat(
              left.stream()
                  .flatMap(List::stream)
                  .filter(row -> row.partition().equals(key))
                  .map(System::identityHashCode))
          .containsExactlyElementsOf(
              rows.stream()
                  .filter(row -> row.partition().equals(key))
                  .map(System::identityHashCode)
                  .toList());
    }
  }

  @Test
  void the_partition_that_waited_longest_leaves_when_too_many_wait() {
    add(IntStream.rangeClosed(0, OpenBatches.MOST_OPEN).mapToObj(each -> row(each, 1)).toList());

    assertThat(left).containsExactly(List.of(row(0, 1)));
  }

  @Test
  void the_partition_that_waited_longest_leaves_when_too_many_bytes_wait() {
    int fit = OpenBatches.MOST_WAITING_BYTES / (10_000 + OpenBatches.BYTES_BESIDE_VALUES);

    add(IntStream.rangeClosed(0, fit).mapToObj(each -> row(each, 10_000)).toList());

    assertThat(left).containsExactly(List.of(row(0, 10_000)));
  }

  @Test
  void rows_go_straight_through_where_hardly_any_meets_another() {
    int many = 5 * OpenBatches.MOST_OPEN;
    add(IntStream.range(0, many).mapToObj(each -> row(each, 1)).toList());
    left.clear();

    add(List.of(row(many, 1)));

    assertThat(left).containsExactly(List.of(row(many, 1)));
  }
}
