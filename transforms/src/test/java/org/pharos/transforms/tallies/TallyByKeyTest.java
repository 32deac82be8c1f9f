package org.pharos.transforms.tallies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class TallyByKeyTest {
  private static final int WORDS = 0;
  private static final int LETTERS = 1;

  private static TallyByKey<String, String> wordsAndLetters() {
    return TallyByKey.of(
        2,
        (word, tallies) -> {
          tallies.add(word, WORDS, 1);
          tallies.add(word, LETTERS, word.length());
        },
        (word, counts) -> word + " " + counts[WORDS] + " " + counts[LETTERS],
        String.class);
  }

  /** More keys than a bundle may hold, from two sides, each counted one by one as well. */
  @Test
  void keys_of_many_bundles_have_the_sums_of_all() {
    List<String> one = new ArrayList<>();
    List<String> two = new ArrayList<>();
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 13_000; i++) {
      (i % 3 == 0 ? one : two).add("w" + i % 250);
      expected.merge("w" + i % 250, 1, Integer::sum);
    }
    Pipeline pipeline = Pipeline.create();
    PCollection<String> words =
        PCollectionList.of(pipeline.apply("One", Create.of(one)))
            .and(pipeline.apply("Two", Create.of(two)))
            .apply(Flatten.pCollections());
    PCollection<String> counted = words.apply(wordsAndLetters().holding(50));
    // Counted and digested: PAssert would gather all of them in one bag, which Direct copies with
    // each bundle.
    PAssert.thatSingleton(counted.apply(Count.globally())).isEqualTo((long) expected.size());
    PAssert.thatSingleton(
            counted
                .apply(MapElements.into(TypeDescriptors.longs()).via(TallyByKeyTest::digest))
                .apply(Sum.longsGlobally()))
        .isEqualTo(
            expected.entrySet().stream()
                .mapToLong(
                    word ->
                        digest(
                            word.getKey()
                                + " "
                                + word.getValue()
                                + " "
                                + word.getValue() * word.getKey().length()))
                .sum());
    pipeline.run().waitUntilFinish();
  }

  private static long digest(String line) {
    return UUID.nameUUIDFromBytes(line.getBytes(UTF_8)).getLeastSignificantBits();
  }

  @Test
  void windows_of_one_bundle_are_counted_apart() {
    Pipeline pipeline = Pipeline.create();
    TestStream<String> stream =
        TestStream.create(StringUtf8Coder.of())
            .addElements(
                TimestampedValue.of("tea", new Instant(70_000)),
                TimestampedValue.of("tea", new Instant(1_000)),
                TimestampedValue.of("milk", new Instant(59_999)),
                TimestampedValue.of("tea", new Instant(2_000)))
            .advanceWatermarkToInfinity();
    PCollection<String> counted =
        pipeline
            .apply(stream)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply(wordsAndLetters());
    PAssert.that(counted)
        .inWindow(new IntervalWindow(new Instant(0), new Instant(60_000)))
        .containsInAnyOrder("tea 2 6", "milk 1 4");
    PAssert.that(counted)
        .inWindow(new IntervalWindow(new Instant(60_000), new Instant(120_000)))
        .containsInAnyOrder("tea 1 3");
    pipeline.run().waitUntilFinish();
  }

  @Property(tries = 200)
  void tallies_come_back_from_their_bytes(
      @ForAll @Size(max = 20) Map<String, @LongRange(min = -5) Long> counts) throws Exception {
    Tallies tallies = new Tallies(3);
    counts.forEach((key, count) -> tallies.add(key, 2, count));
    TalliesCoder coder = new TalliesCoder();
    Tallies back =
        CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, tallies));
    assertThat(new TreeMap<>(back.byKey()))
        .usingRecursiveComparison()
        .isEqualTo(new TreeMap<>(tallies.byKey()));
    assertThat(back.width()).isEqualTo(3);
  }

  @Test
  void keys_that_look_alike_lie_in_different_shards() {
    long shards =
        java.util.stream.IntStream.range(0, 100_000)
            .map(i -> TallyByKey.shard("node-" + i))
            .distinct()
            .count();
    assertThat(shards).isGreaterThan(TallyByKey.SHARDS * 9 / 10);
  }

  @Test
  void a_key_without_a_count_is_refused() {
    assertThatThrownBy(() -> TallyByKey.of(0, (e, t) -> {}, (k, c) -> k, String.class))
        .hasMessage("a key has 1 count or more, not 0");
  }
}
