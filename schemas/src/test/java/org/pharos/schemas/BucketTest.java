package org.pharos.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
  private static final Schema TIMED =
      Schema.builder().addNullableDateTimeField("at").addStringField("x").build();

  @Property
  void a_row_is_in_its_time_bucket(
      @ForAll @LongRange(min = -(1L << 60), max = 1L << 60) long millis,
      @ForAll @LongRange(min = 1, max = 1L << 40) long width) {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.millis(width));
    Row row = Row.withSchema(TIMED).addValues(Instant.ofEpochMilli(millis), "x").build();

    long start = bucket.of(row).getMillis();

    assertThat(start).isLessThanOrEqualTo(millis);
    assertThat(millis - start).isLessThan(width);
    assertThat(Math.floorMod(start, width)).isZero();
  }

  @Property
  void any_time_has_a_bucket_and_starts_in_it(
      @ForAll long millis, @ForAll @LongRange(min = 1) long width) {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.millis(width));

    Instant start = bucket.of(Instant.ofEpochMilli(millis));

    assertThat(start.getMillis()).isLessThanOrEqualTo(millis);
    assertThat(bucket.of(start)).isEqualTo(start);
  }

  @Property
  void between_covers_exactly_the_rows_of_an_interval(
      @ForAll @LongRange(min = -1000, max = 1000) long from,
      @ForAll @IntRange(min = 0, max = 300) int length,
      @ForAll @IntRange(min = 1, max = 100) int width) {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.millis(width));

    List<Instant> between =
        bucket.between(Instant.ofEpochMilli(from), Instant.ofEpochMilli(from + length));

    assertThat(between)
        .containsExactlyElementsOf(
            LongStream.range(from, from + length)
                .mapToObj(millis -> bucket.of(Instant.ofEpochMilli(millis)))
                .distinct()
                .toList());
  }

  @Test
  void reaches_to_both_ends_of_time() {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.millis(1L << 62));

    assertThat(
            bucket.between(
                Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(Long.MAX_VALUE)))
        .extracting(Instant::getMillis)
        .containsExactly(-(1L << 63), -(1L << 62), 0L, 1L << 62);
  }

  @Test
  void buckets_dates_and_time_uuids_by_their_time() {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.standardDays(1));
    // 2020-01-01T12:00:00.5 in the clock of version 1 UUIDs
    long ticks = (1_577_880_000_500L * 10_000) + 0x01B21DD213814000L;
    UUID uuid =
        new UUID(
            (ticks << 32) | ((ticks & 0xFFFF00000000L) >> 16) | 0x1000 | (ticks >>> 48),
            0x8000000000000000L);

    assertThat(bucket.of(row(CqlType.DATE, LocalDate.of(2020, 1, 1))))
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(bucket.of(row(CqlType.TIMEUUID, uuid)))
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(Bucket.byTime("b", "at", Duration.millis(1)).of(row(CqlType.TIMEUUID, uuid)))
        .isEqualTo(Instant.parse("2020-01-01T12:00:00.500Z"));
  }

  private static Row row(CqlType type, Object value) {
    return Row.withSchema(Schema.builder().addField("at", type.fieldType()).build())
        .addValue(value)
        .build();
  }

  @Test
  void says_what_a_row_lacks() {
    TimeBucket bucket = Bucket.byTime("b", "at", Duration.standardDays(1));
    Row withoutTime = Row.withSchema(TIMED).addValues(null, "x").build();
    Row other = Row.withSchema(Schema.builder().addInt32Field("n").build()).addValue(1).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> bucket.of(withoutTime))
        .withMessage("bucket b needs a timestamp, date or timeuuid in at, not null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bucket.of(other))
        .withMessage("bucket b is computed from at, which the row lacks: [n]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucket.byTime("b", "at", Duration.ZERO))
        .withMessage("the width of a bucket is positive, not PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bucket.byHash("b", List.of("x"), 0))
        .withMessage("the number of buckets is at least 1, not 0");
  }

  @Property
  void a_row_is_in_one_of_the_hash_buckets(
      @ForAll String x, @ForAll long y, @ForAll @IntRange(min = 1, max = 1000) int buckets) {
    HashBucket bucket = Bucket.byHash("b", List.of("x", "y"), buckets);
    Schema schema = Schema.builder().addInt64Field("y").addStringField("x").build();

    Integer of = bucket.of(Row.withSchema(schema).addValues(y, x).build());

    assertThat(bucket.all()).hasSize(buckets).contains(of);
    assertThat(bucket.of(List.of(x, y))).isEqualTo(of);
  }

  // Stored rows are found by these numbers: a change here loses data.
  @Test
  void hash_buckets_never_change() {
    HashBucket bucket = Bucket.byHash("b", List.of("x", "y"), 1_000_000);

    assertThat(bucket.of(List.of("", 0))).isEqualTo(bucket.of(List.of("", 0L)));
    assertThat(bucket.of(List.of("customer", 42))).isEqualTo(664744);
    assertThat(bucket.of(List.of("ü", UUID.fromString("00000000-0000-0000-0000-000000000001"))))
        .isEqualTo(316888);
  }

  @Test
  void hash_buckets_are_even() {
    HashBucket bucket = Bucket.byHash("b", List.of("x"), 16);
    int[] counts = new int[16];
    for (int i = 0; i < 16_000; i++) {
      counts[bucket.of(List.of("customer-" + i))]++;
    }

    assertThat(Arrays.stream(counts).boxed()).allMatch(count -> count > 850 && count < 1150);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "'', 1, 514E28B7",
    "test, 0, BA6BD213",
    "test, 9747b28c, 704B81DC",
    "'Hello, world!', 9747b28c, 24884CBA",
    "The quick brown fox jumps over the lazy dog, 9747b28c, 2FA826CD"
  })
  void hashes_as_published(String text, String seed, String hash) {
    assertThat(
            Murmur3.hash32(
                text.getBytes(StandardCharsets.UTF_8), Integer.parseUnsignedInt(seed, 16)))
        .isEqualTo(Integer.parseUnsignedInt(hash, 16));
  }

  @Test
  void hashes_as_another_implementation_does() {
    Random random = new Random(7);
    for (int length = 0; length < 200; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);

      assertThat(Murmur3.hash32(bytes, length))
          .isEqualTo(
              org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.hash.Hashing
                  .murmur3_32_fixed(length)
                  .hashBytes(bytes)
                  .asInt());
    }
  }
}
