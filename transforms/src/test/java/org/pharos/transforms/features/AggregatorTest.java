package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every aggregator against a naive oracle, for any order and any split of the events. */
class AggregatorTest {

  private static final Instant AS_OF = Instant.parse("1998-07-01T00:00:00Z");

  record Event<V>(V value, Instant at) {}

  @Property(tries = 200)
  void counts_events(@ForAll("longs") List<Event<Long>> events, @ForAll Random random) {
    check(Count.events().over(FieldType.DATETIME), events, random, (long) events.size());
  }

  @Property(tries = 200)
  void sums_whole_numbers_without_overflow_on_the_way(
      @ForAll("longs") List<Event<Long>> events, @ForAll Random random) {
    BigInteger exact =
        events.stream()
            .map(event -> BigInteger.valueOf(event.value()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    Aggregator<?> sum = Sum.of("x").over(FieldType.INT64);
    if (exact.bitLength() > 63) {
      assertThatThrownBy(() -> check(sum, events, random, null))
          .isInstanceOf(ArithmeticException.class)
          .hasMessage(
              "the sum of x is " + exact + ", which no bigint holds: make the field a decimal");
    } else {
      check(sum, events, random, events.isEmpty() ? null : exact.longValueExact());
    }
  }

  @Property(tries = 200)
  void sums_decimals_exactly(
      @ForAll("decimals") List<Event<BigDecimal>> events, @ForAll Random random) {
    check(
        Sum.of("x").over(FieldType.DECIMAL),
        events,
        random,
        events.stream().map(Event::value).reduce(BigDecimal::add).orElse(null));
  }

  @Property(tries = 200)
  void sums_doubles_as_if_rounded_once(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    check(
        Sum.of("x").over(FieldType.DOUBLE),
        events,
        random,
        events.stream()
            .map(event -> new BigDecimal(event.value()))
            .reduce(BigDecimal::add)
            .map(BigDecimal::doubleValue)
            .orElse(null));
  }

  @Property(tries = 200)
  void counts_distinct_values(@ForAll("words") List<Event<String>> events, @ForAll Random random) {
    check(
        CountDistinct.of("x").over(FieldType.STRING),
        events,
        random,
        events.stream().map(Event::value).distinct().count());
  }

  @Property(tries = 200)
  void finds_the_most_frequent_value_and_of_equals_the_least(
      @ForAll("words") List<Event<String>> events, @ForAll Random random) {
    Map<String, Long> counts =
        events.stream()
            .collect(Collectors.groupingBy(Event::value, TreeMap::new, Collectors.counting()));
    long most = counts.values().stream().mapToLong(count -> count).max().orElse(0);
    String expected =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() == most)
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .orElse(null);
    check(MostFrequent.of("x").over(FieldType.STRING), events, random, expected);
  }

  @Property(tries = 200)
  void says_how_long_ago_the_last_event_was(
      @ForAll("longs") List<Event<Long>> events, @ForAll Random random) {
    check(
        Recency.inDays().over(FieldType.DATETIME),
        events,
        random,
        events.stream()
            .map(event -> new Duration(event.at(), AS_OF).getStandardDays())
            .min(Comparator.naturalOrder())
            .orElse(null));
  }

  @Test
  void a_day_has_passed_when_24_hours_have() {
    Aggregator<?> days = Recency.inDays().over(FieldType.DATETIME);
    Random random = new Random(1);
    check(days, List.of(new Event<>("x", AS_OF)), random, 0L);
    check(days, List.of(new Event<>("x", AS_OF.minus(86_399_999))), random, 0L);
    check(days, List.of(new Event<>("x", AS_OF.minus(86_400_000))), random, 1L);
  }

  @Test
  void numbers_are_compared_as_numbers() {
    List<Event<BigDecimal>> decimals =
        Arrays.asList("10", "1E+1", "10.0", "2").stream()
            .map(text -> new Event<>(new BigDecimal(text), AS_OF))
            .toList();
    check(CountDistinct.of("x").over(FieldType.DECIMAL), decimals, new Random(1), 2L);
    check(
        MostFrequent.of("x").over(FieldType.DECIMAL), decimals, new Random(1), new BigDecimal(10));
    List<Event<Double>> doubles =
        List.of(new Event<>(0.0, AS_OF), new Event<>(-0.0, AS_OF), new Event<>(Double.NaN, AS_OF));
    check(CountDistinct.of("x").over(FieldType.DOUBLE), doubles, new Random(1), 2L);
  }

  @Test
  void types_that_do_not_fit_are_refused_by_name() {
    assertThatThrownBy(() -> Sum.of("name").over(FieldType.STRING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum of name needs numbers, but the field is STRING");
    assertThatThrownBy(() -> MostFrequent.of("picture").over(FieldType.BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "most frequent picture needs values with an order (text, number, boolean, time, uuid),"
                + " but the field is BYTES");
    assertThatThrownBy(() -> CountDistinct.of("tags").over(FieldType.array(FieldType.STRING)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("distinct count of tags needs values with an order");
    assertThatThrownBy(() -> Recency.in(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the unit must be 1 ms or more, but is PT0S");
  }

  @Test
  void logical_types_with_an_order_fit() {
    assertThat(MostFrequent.of("day").over(FieldType.logicalType(SqlTypes.DATE)).resultType())
        .isEqualTo(FieldType.logicalType(SqlTypes.DATE).withNullable(true));
    assertThat(CountDistinct.of("id").over(FieldType.logicalType(SqlTypes.UUID)).stateType())
        .isEqualTo(FieldType.iterable(FieldType.logicalType(SqlTypes.UUID)));
  }

  /** Shuffles and splits the events, merges the states in any order, stores some in between. */
  private static <S, V> void check(
      Aggregator<S> aggregator, List<Event<V>> events, Random random, @Nullable Object expected) {
    assertThat(aggregator.finish(fold(aggregator, events), AS_OF)).isEqualTo(expected);

    List<Event<V>> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    List<S> states = new ArrayList<>(List.of(aggregator.prepare()));
    int from = 0;
    while (from < shuffled.size()) {
      int to = from + 1 + random.nextInt(shuffled.size() - from);
      states.add(fold(aggregator, shuffled.subList(from, to)));
      from = to;
    }
    while (states.size() > 1) {
      Collections.shuffle(states, random);
      S merged = aggregator.merge(states.remove(0), states.remove(0));
      states.add(random.nextBoolean() ? merged : stored(aggregator, merged));
    }
    assertThat(aggregator.finish(states.get(0), AS_OF)).isEqualTo(expected);
    // Finishing leaves the state as it is.
    assertThat(aggregator.finish(states.get(0), AS_OF)).isEqualTo(expected);
  }

  private static <S, V> S fold(Aggregator<S> aggregator, List<Event<V>> events) {
    S state = aggregator.prepare();
    for (Event<V> event : events) {
      state = aggregator.update(state, event.value(), event.at());
    }
    return state;
  }

  /** As a column would give it back. */
  private static <S> S stored(Aggregator<S> aggregator, S state) {
    Schema schema = Schema.of(Schema.Field.of("state", aggregator.stateType()));
    Row row = Row.withSchema(schema).addValue(aggregator.store(state)).build();
    try {
      return aggregator.restore(CoderUtils.clone(RowCoder.of(schema), row).getValue(0));
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<List<Event<Long>>> longs() {
    return events(Arbitraries.longs(), Function.identity());
  }

  @Provide
  Arbitrary<List<Event<BigDecimal>>> decimals() {
    return events(
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-1000000"), new BigDecimal("1000000"))
            .ofScale(4),
        Function.identity());
  }

  @Provide
  Arbitrary<List<Event<Double>>> doubles() {
    return events(Arbitraries.doubles().between(-1e9, 1e9), number -> number / 7);
  }

  @Provide
  Arbitrary<List<Event<String>>> words() {
    return events(Arbitraries.of("beer", "Beer", "milk", "", "wine"), Function.identity());
  }

  private static <T, V> Arbitrary<List<Event<V>>> events(Arbitrary<T> values, Function<T, V> map) {
    return Combinators.combine(values, Arbitraries.longs().between(0, 40_000_000_000L))
        .as((value, age) -> new Event<>(map.apply(value), AS_OF.minus(age)))
        .list()
        .ofMaxSize(40);
  }
}
