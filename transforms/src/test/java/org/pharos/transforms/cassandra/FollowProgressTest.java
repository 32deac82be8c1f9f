package org.pharos.transforms.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

/** A table and a reader of it, without Cassandra: what is there at a moment can be read. */
class FollowProgressTest {

  private static final long END = 2000;

  private record Arrival(SeenKey key, long visible) {}

  /**
   * A reader that checkpoints and crashes at random; what it emitted after a checkpoint is undone.
   */
  private static final class Follower {
    private final List<Arrival> table;
    private final long overlap;
    private final Random random;
    private final List<SeenKey> emitted = new ArrayList<>();
    private FollowProgress progress;
    private FollowMark mark;
    private int emittedAtMark;
    private long now;

    Follower(List<Arrival> table, long since, long overlap, Random random) {
      this.table = table;
      this.overlap = overlap;
      this.random = random;
      this.progress = FollowProgress.startingAt(since, overlap);
      this.mark = progress.mark();
      this.now = since;
    }

    List<SeenKey> follow() throws CoderException {
      while (!poll() || now < 2 * END + overlap) {
        now += random.nextInt(1, 200);
      }
      return emitted;
    }

    /** Whether it came to its end. */
    private boolean poll() throws CoderException {
      long to = Math.max(progress.position(), Math.min(now, END));
      for (Arrival row : table) {
        long time = row.key().time();
        now += random.nextInt(10) == 0 ? 1 : 0;
        if (time < progress.from() || time >= to || row.visible() > now) {
          continue;
        }
        long watermark = progress.from();
        if (progress.isNew(row.key())) {
          emitted.add(row.key());
          assertThat(time).isGreaterThanOrEqualTo(watermark);
        }
        progress.reached(time);
        assertThat(progress.from()).isGreaterThanOrEqualTo(watermark);
        if (random.nextInt(20) == 0) {
          mark = CoderUtils.clone(new FollowMarkCoder(), progress.mark());
          emittedAtMark = emitted.size();
        } else if (random.nextInt(50) == 0) {
          progress = FollowProgress.resuming(mark, overlap);
          emitted.subList(emittedAtMark, emitted.size()).clear();
          return false;
        }
      }
      progress.reached(to);
      return true;
    }
  }

  private static List<Arrival> table(Random random, long overlap) {
    List<Arrival> rows = new ArrayList<>();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      long time = random.nextLong(END);
      long delay = random.nextLong(-overlap, random.nextInt(4) == 0 ? 10 * overlap : overlap + 1);
      rows.add(new Arrival(new SeenKey(time, random.nextInt(3), i), time + delay));
    }
    rows.sort(Comparator.comparing(Arrival::key));
    return rows;
  }

  @Property(tries = 500)
  void what_comes_within_the_overlap_is_emitted_once_and_the_rest_at_most_once(
      @ForAll long seed,
      @ForAll @LongRange(min = 1, max = 300) long overlap,
      @ForAll @LongRange(min = 0, max = 1000) long since)
      throws CoderException {
    Random random = new Random(seed);
    List<Arrival> table = table(random, overlap);
    List<SeenKey> emitted = new Follower(table, since, overlap, random).follow();
    assertThat(emitted).doesNotHaveDuplicates();
    assertThat(emitted)
        .containsAll(
            table.stream()
                .filter(row -> row.key().time() >= since)
                .filter(row -> row.visible() <= row.key().time() + overlap)
                .map(Arrival::key)
                .toList());
    assertThat(emitted)
        .allMatch(key -> key.time() >= since)
        .isSubsetOf(table.stream().map(Arrival::key).toList());
  }

  @Test
  void only_keys_within_the_overlap_are_remembered() {
    FollowProgress progress = FollowProgress.startingAt(0, 10);
    for (long time = 0; time < 1000; time++) {
      assertThat(progress.isNew(new SeenKey(time, 0, time))).isTrue();
      progress.reached(time);
    }
    assertThat(progress.seen()).isEqualTo(11);
    assertThat(progress.from()).isEqualTo(989);
    progress.reached(2000);
    assertThat(progress.seen()).isZero();
    progress.reached(1500);
    assertThat(progress.position()).isEqualTo(2000);
  }
}
