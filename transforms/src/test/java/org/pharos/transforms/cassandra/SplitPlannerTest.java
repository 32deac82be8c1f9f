package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {

  private static final long MB = 1 << 20;

  private static List<Split.Ranges> plan(List<RingRange> ring, int parallelism) {
    return new SplitPlanner(SplitSizes.of(SplitSizes.TARGET, parallelism)).plan(ring);
  }

  private static List<TokenSpan> spansOf(List<Split.Ranges> splits) {
    List<TokenSpan> spans = new ArrayList<>();
    splits.forEach(split -> spans.addAll(split.spans()));
    spans.sort(Comparator.naturalOrder());
    return spans;
  }

  private static void assertExactlyTheRing(List<Split.Ranges> splits) {
    List<TokenSpan> spans = spansOf(splits);
    assertThat(spans.get(0).start()).isEqualTo(Long.MIN_VALUE);
    assertThat(spans.get(spans.size() - 1).end()).isEqualTo(Long.MAX_VALUE);
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isEqualTo(spans.get(i - 1).end());
    }
  }

  private static double largestOverMean(List<Split.Ranges> splits) {
    double largest = splits.stream().mapToDouble(Split.Ranges::bytes).max().orElseThrow();
    return largest / splits.stream().mapToDouble(Split.Ranges::bytes).average().orElseThrow();
  }

  @Property(tries = 300)
  void splits_are_exactly_the_ring_whatever_the_ring_and_the_estimates(
      @ForAll @IntRange(min = 1, max = 40) int nodes,
      @ForAll @IntRange(min = 1, max = 32) int tokensEach,
      @ForAll @IntRange(min = 1, max = 5) int replication,
      @ForAll @IntRange(min = 1, max = 64) int parallelism,
      @ForAll @LongRange(min = 0, max = 1L << 40) long bytes,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<RingRange> ring =
        Rings.of(
            nodes,
            tokensEach,
            replication,
            seed,
            span -> random.nextInt(4) == 0 ? 0 : span.fraction() * bytes * random.nextDouble() * 3);
    List<Split.Ranges> splits = plan(ring, parallelism);
    assertExactlyTheRing(splits);
    double planned = splits.stream().mapToDouble(Split.Ranges::bytes).sum();
    double estimated = ring.stream().mapToDouble(RingRange::bytes).sum();
    assertThat(planned).isCloseTo(estimated, within(estimated * 1e-6));
  }

  @Property(tries = 200)
  void each_split_of_a_large_table_is_on_one_node_and_at_most_twice_the_mean(
      @ForAll @IntRange(min = 1, max = 40) int nodes,
      @ForAll @IntRange(min = 1, max = 32) int tokensEach,
      @ForAll @IntRange(min = 1, max = 3) int replication,
      @ForAll @IntRange(min = 1, max = 64) int parallelism,
      @ForAll long seed) {
    Random random = new Random(seed);
    double atLeast = (double) nodes * SplitSizes.TARGET * 4;
    List<RingRange> ring =
        Rings.of(
            nodes,
            tokensEach,
            replication,
            seed,
            span -> span.fraction() * atLeast * (0.5 + 3 * random.nextDouble()));
    List<Split.Ranges> splits = plan(ring, parallelism);
    assertExactlyTheRing(splits);
    assertThat(largestOverMean(splits)).isLessThanOrEqualTo(2.0);
    for (Split.Ranges split : splits) {
      for (TokenSpan span : split.spans()) {
        assertThat(ring)
            .filteredOn(range -> overlap(range.span(), span))
            .allMatch(range -> range.replicas().contains(split.replica()));
      }
    }
  }

  private static boolean overlap(TokenSpan one, TokenSpan other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  @Test
  void a_table_of_unknown_size_is_cut_into_two_splits_a_worker() {
    assertThat(plan(Rings.of(1, 16, 1, 7, Rings.evenly(0)), 4)).hasSize(8);
    assertThat(plan(Rings.of(1, 1, 1, 7, Rings.evenly(0)), 1)).hasSize(2);
    assertThat(plan(Rings.of(3, 16, 2, 7, Rings.evenly(0)), 6).size()).isBetween(12, 15);
  }

  @Test
  void a_small_table_is_one_split_over_the_whole_ring() {
    assertThat(plan(Rings.of(3, 16, 2, 7, Rings.evenly(7 * MB)), 16))
        .singleElement()
        .satisfies(split -> assertThat(split.spans()).containsExactly(TokenSpan.RING));
  }

  @Test
  void a_large_table_is_cut_by_bytes() {
    assertThat(plan(Rings.of(1, 1, 1, 7, Rings.evenly(6400 * MB)), 4)).hasSize(100);
  }

  @Test
  void a_table_of_middle_size_gives_each_worker_two_splits() {
    assertThat(plan(Rings.of(1, 16, 1, 7, Rings.evenly(100 * MB)), 2)).hasSize(4);
  }

  @Test
  void a_hot_range_is_cut_more_often_than_a_cold_one() {
    RingRange cold = new RingRange(new TokenSpan(Long.MIN_VALUE, 0), List.of("a"), 64.0 * MB);
    RingRange hot = new RingRange(new TokenSpan(0, Long.MAX_VALUE), List.of("a"), 640.0 * MB);
    List<Split.Ranges> splits = plan(List.of(cold, hot), 1);
    assertThat(splits).hasSize(11);
    assertThat(spansOf(splits)).filteredOn(span -> span.end() <= 0).hasSize(1);
  }

  @Test
  void nodes_take_turns_and_begin_with_their_biggest_split() {
    List<Split.Ranges> splits = plan(Rings.of(3, 8, 1, 3, Rings.evenly(1000 * MB)), 2);
    assertThat(splits.subList(0, 3))
        .extracting(Split.Ranges::replica)
        .containsExactlyInAnyOrder("node0", "node1", "node2");
  }

  @Test
  void replicas_share_the_load() {
    List<Split.Ranges> splits = plan(Rings.of(3, 16, 3, 3, Rings.evenly(6400 * MB)), 2);
    for (String node : List.of("node0", "node1", "node2")) {
      double load =
          splits.stream()
              .filter(split -> split.replica().equals(node))
              .mapToDouble(Split.Ranges::bytes)
              .sum();
      assertThat(load / MB).isBetween(1600.0, 2700.0);
    }
  }
}
