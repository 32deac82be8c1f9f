package org.pharos.drills.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumberedRowsTest {
  private static final EvenRows EVEN = new EvenRows(25);

  @Test
  void even_rows_come_ten_to_a_partition_and_differ_from_each_other() {
    List<List<Object>> all = LongStream.range(0, 25).mapToObj(EVEN::values).toList();

    assertThat(all).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(values -> values.get(0))
        .startsWith(0L, 0L)
        .endsWith(1L, 2L, 2L, 2L, 2L, 2L);
    assertThat(all).allSatisfy(values -> assertThat(values).hasSize(7));
    assertThat(EVEN.entities()).isEqualTo(3);
    assertThat(EVEN.table("k", "t").columns()).hasSize(7);
  }

  @Test
  void
      uneven_rows_have_partitions_of_one_row_to_the_largest_and_cells_of_one_byte_to_15_megabytes() {
    UnevenRows rows = new UnevenRows(2_000);
    Map<Object, Integer> sizes = new TreeMap<>();
    List<Integer> cells = new ArrayList<>();
    for (long number = 0; number < rows.count(); number++) {
      List<Object> values = rows.values(number);
      assertThat(values.get(1)).isEqualTo(number);
      sizes.merge(values.get(0), 1, Integer::sum);
      cells.add(((byte[]) values.get(2)).length);
    }

    assertThat(sizes).hasSize(Math.toIntExact(rows.entities()));
    assertThat(sizes.keySet())
        .isEqualTo(new java.util.TreeSet<>(LongStream.range(0, rows.entities()).boxed().toList()));
    assertThat(sizes.get(rows.entities() - 1)).isEqualTo(2_000);
    assertThat(sizes.get(6L)).isEqualTo(100_000);
    assertThat(cells).contains(1, 1_000_000, 15_000_000);
  }

  @Test
  void a_tally_tells_rows_seen_twice_and_wrong_ones_apart() {
    RowTally tally = new RowTally();
    tally.add(EVEN, EVEN.values(3));
    tally.add(EVEN, EVEN.values(4));
    tally.add(EVEN, EVEN.values(3));
    List<Object> changed = new ArrayList<>(EVEN.values(5));
    changed.set(6, "another");
    tally.add(EVEN, changed);
    tally.add(EVEN, new EvenRows(100).values(25));

    assertThat(tally.found()).isEqualTo(2);
    assertThat(tally.doubled()).isEqualTo(1);
    assertThat(tally.wrong()).isEqualTo(2);
    assertThat(LongStream.range(0, 25).filter(tally::has)).containsExactly(3L, 4L);
  }

  @Test
  void rows_that_two_tallies_have_seen_are_doubled() {
    RowTally one = new RowTally();
    one.add(1);
    one.add(2);
    one.addWrong();
    RowTally other = new RowTally();
    other.add(2);
    other.add(3);
    other.add(3);

    one.addAll(other);

    assertThat(one.found()).isEqualTo(3);
    assertThat(one.doubled()).isEqualTo(2);
    assertThat(one.wrong()).isEqualTo(1);
    assertThat(other.found()).isEqualTo(2);
    assertThat(one).isNotEqualTo(other);
    RowTally same = new RowTally();
    List.of(3L, 3L, 2L).forEach(same::add);
    assertThat(same).isEqualTo(other).hasSameHashCodeAs(other);
  }

  @Test
  void bytes_are_compared_by_content_whether_in_arrays_or_buffers() {
    UnevenRows rows = new UnevenRows(10);
    RowTally tally = new RowTally();
    byte[] payload = (byte[]) rows.values(3).get(2);
    tally.add(rows, List.of(0L, 3L, ByteBuffer.wrap(payload)));
    payload[500]++;
    tally.add(rows, List.of(0L, 3L, payload));

    assertThat(tally.found()).isEqualTo(1);
    assertThat(tally.doubled()).isZero();
    assertThat(tally.wrong()).isEqualTo(1);
  }
}
