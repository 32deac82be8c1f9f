package org.pharos.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataTest {
  @Property(tries = 50)
  void a_shuffle_has_each_number_once(@ForAll @LongRange(min = 1, max = 5000) long size) {
    Shuffle shuffle = new Shuffle(size);
    assertThat(LongStream.range(0, size).map(shuffle::at).sorted().toArray())
        .containsExactly(LongStream.range(0, size).toArray());
  }

  @ParameterizedTest
  @EnumSource
  void each_order_has_the_same_rows_ten_to_a_partition(Shape shape) {
    Data clustered = new Data(shape, 200, Order.CLUSTERED);
    Data shuffled = new Data(shape, 200, Order.SHUFFLED);
    Set<Object> keys = new HashSet<>();
    Set<Object> shuffledKeys = new HashSet<>();
    long sum = 0;
    long shuffledSum = 0;
    for (long i = 0; i < 200; i++) {
      Object[] row = clustered.row(i);
      assertThat(row).hasSize(shape.columns().size()).doesNotContainNull();
      assertThat(row[0]).isEqualTo(i / 10);
      keys.add(row[0] + "/" + row[1]);
      Object[] other = shuffled.row(i);
      shuffledKeys.add(other[0] + "/" + other[1]);
      sum += Digest.of(row);
      shuffledSum += Digest.of(other);
    }
    assertThat(keys).hasSize(200).isEqualTo(shuffledKeys);
    assertThat(sum).isEqualTo(shuffledSum).isEqualTo(clustered.digest());
    assertThat(shuffled.digestOfKeys(20)).isEqualTo(clustered.digest());
  }

  @Test
  void a_spine_row_is_joined_with_the_newest_row_that_was_known() {
    long sum = 0;
    int nothing = 0;
    Data data = new Data(Shape.NARROW, 1000, Order.CLUSTERED);
    for (long entity = 0; entity < 100; entity++) {
      long at = Spine.at(entity);
      Object[] found = null;
      for (int i = 9; i >= 0 && found == null; i--) {
        Object[] row = data.row(10 * entity + i);
        found = (Long) row[1] <= at - 500 ? new Object[] {row[1], row[2], row[3], row[4]} : found;
      }
      nothing += found == null ? 1 : 0;
      sum += Spine.digest(entity, at, found);
    }
    assertThat(data.digestOfSpine()).isEqualTo(sum);
    assertThat(nothing).isBetween(1, 50);
  }

  @Test
  void features_are_of_the_last_five_rows_and_of_all_ten() {
    Data data = new Data(Shape.NARROW, 10, Order.CLUSTERED);
    double[] last = {0, Double.MAX_VALUE};
    double[] all = {0, 0, -Double.MAX_VALUE};
    for (int i = 0; i < 10; i++) {
      Object[] row = data.row(i);
      all[0] += (Double) row[2];
      all[1] += (Double) row[3] / 10;
      all[2] = Math.max(all[2], (Double) row[4]);
      if (i >= 5) {
        last[0] += (Double) row[2];
        last[1] = Math.min(last[1], (Double) row[4]);
      }
    }
    assertThat(data.digestOfFeatures())
        .isEqualTo(Features.digest(0, 5, 10, last[0], all[0], all[1], last[1], all[2]));
  }
}
