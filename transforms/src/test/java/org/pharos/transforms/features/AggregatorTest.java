package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
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
import org.apache.beam.sdk.schemas.logicaltypes.UuidLogicalType;
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
  void lists_the_most_frequent_values(
      @ForAll("words") List<Event<String>> events, @ForAll Random random) {
    Map<String, Long> counts =
        events.stream().collect(Collectors.groupingBy(Event::value, Collectors.counting()));
    List<String> expected =
        counts.keySet().stream()
            .sorted(
                Comparator.comparing((String word) -> -counts.get(word))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(3)
            .toList();
    check(MostFrequent.of("x").first(3).over(FieldType.STRING), events, random, expected);
  }

  @Property(tries = 200)
  void lists_the_last_and_first_values(
      @ForAll("words") List<Event<String>> events, @ForAll Random random) {
    List<Event<String>> coarse =
        events.stream().map(event -> new Event<>(event.value(), hour(event.at()))).toList();
    Comparator<Event<String>> byTime = Comparator.comparing(Event::at);
    check(
        LastValues.of("x", 5).over(FieldType.STRING),
        coarse,
        random,
        firstValues(coarse, byTime.reversed()));
    check(
        FirstValues.of("x", 5).over(FieldType.STRING), coarse, random, firstValues(coarse, byTime));
  }

  /** Few different times, so that some events have the same. */
  private static Instant hour(Instant at) {
    return Instant.ofEpochMilli(at.getMillis() / 10_000_000_000L * 10_000_000_000L);
  }

  private static List<String> firstValues(
      List<Event<String>> events, Comparator<Event<String>> order) {
    return events.stream()
        .sorted(order.thenComparing(Event::value))
        .limit(5)
        .map(Event::value)
        .toList();
  }

  @Property(tries = 200)
  void finds_the_variance_as_if_rounded_once(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    Double expected = null;
    if (!events.isEmpty()) {
      BigDecimal count = BigDecimal.valueOf(events.size());
      List<BigDecimal> values =
          events.stream().map(event -> new BigDecimal(event.value())).toList();
      BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      // n^3 times the variance, by its definition: the sum of (n x - sum)^2.
      BigDecimal cubed =
          values.stream()
              .map(value -> value.multiply(count).subtract(sum).pow(2))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      expected = cubed.divide(count.pow(3), MathContext.DECIMAL128).doubleValue();
    }
    check(Variance.of("x").over(FieldType.DOUBLE), events, random, expected);
    check(
        Variance.of("x").asDeviation().over(FieldType.DOUBLE),
        events,
        random,
        expected == null ? null : Math.sqrt(expected));
  }

  @Test
  void the_variance_of_large_numbers_close_to_each_other_loses_nothing() {
    List<Event<Double>> events =
        List.of(
            new Event<>(1e15 + 1, AS_OF), new Event<>(1e15 + 2, AS_OF), new Event<>(1e15, AS_OF));
    check(Variance.of("x").over(FieldType.DOUBLE), events, new Random(1), 2.0 / 3);
    check(
        Variance.of("x").over(FieldType.DOUBLE),
        List.of(new Event<>(1.0, AS_OF), new Event<>(Double.POSITIVE_INFINITY, AS_OF)),
        new Random(1),
        Double.NaN);
    check(
        Variance.of("x").over(FieldType.INT32), List.of(new Event<>(7, AS_OF)), new Random(1), 0.0);
  }

  @Property(tries = 200)
  void finds_the_mean_as_if_rounded_once(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    check(
        Mean.of("x").over(FieldType.DOUBLE),
        events,
        random,
        events.isEmpty()
            ? null
            : sum(events, event -> new BigDecimal(event.value()))
                .divide(BigDecimal.valueOf(events.size()), MathContext.DECIMAL128)
                .doubleValue());
  }

  @Property(tries = 200)
  void finds_the_least_and_the_greatest(
      @ForAll("words") List<Event<String>> events, @ForAll Random random) {
    List<String> sorted = events.stream().map(Event::value).sorted().toList();
    check(
        Min.of("x").over(FieldType.STRING),
        events,
        random,
        sorted.isEmpty() ? null : sorted.get(0));
    check(
        Max.of("x").over(FieldType.STRING),
        events,
        random,
        sorted.isEmpty() ? null : sorted.get(sorted.size() - 1));
  }

  @Property(tries = 200)
  void few_distinct_values_are_all_but_exactly_estimated(
      @ForAll("words") List<Event<String>> events, @ForAll Random random) {
    check(
        ApproximateCountDistinct.of("x").over(FieldType.STRING),
        events,
        random,
        events.stream().map(Event::value).distinct().count());
  }

  @Test
  void many_distinct_values_are_estimated_within_the_bound_whatever_the_split() {
    List<Event<Long>> events = new ArrayList<>();
    for (long i = 0; i < 60_000; i++) {
      events.add(new Event<>(i % 20_000, AS_OF));
    }
    Aggregator<?> distinct = ApproximateCountDistinct.of("x").over(FieldType.INT64);
    long estimate = estimate(distinct, events);
    assertThat(estimate).isBetween(19_050L, 20_950L); // three standard errors
    check(distinct, events, new Random(3), estimate);
  }

  private static <S> long estimate(Aggregator<S> aggregator, List<Event<Long>> events) {
    return (Long) aggregator.finish(fold(aggregator, events), AS_OF);
  }

  @Test
  void numbers_that_are_equal_are_one_distinct_value() {
    check(
        ApproximateCountDistinct.of("x").over(FieldType.DECIMAL),
        List.of(
            new Event<>(new BigDecimal("1.0"), AS_OF), new Event<>(new BigDecimal("1.00"), AS_OF)),
        new Random(1),
        1L);
    check(
        ApproximateCountDistinct.of("x").over(FieldType.STRING),
        List.of(new Event<>("", AS_OF)),
        new Random(1),
        1L);
  }

  @Property(tries = 200)
  void quantiles_of_few_values_are_exact(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    List<Double> sorted = events.stream().map(Event::value).sorted().toList();
    int n = sorted.size();
    check(
        Quantiles.of("x", 0, 0.5, 0.9, 1).over(FieldType.DOUBLE),
        events,
        random,
        n == 0
            ? null
            : List.of(
                sorted.get(0),
                sorted.get((int) Math.ceil(n * 0.5) - 1),
                sorted.get((int) Math.ceil(n * 0.9) - 1),
                sorted.get(n - 1)));
  }

  @Test
  void quantiles_of_many_values_are_near_their_rank() {
    List<Event<Double>> events = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      events.add(new Event<>((double) i, AS_OF));
    }
    Collections.shuffle(events, new Random(2));
    List<?> found = (List<?>) quantiles(Quantiles.of("x", 0.1, 0.5).over(FieldType.DOUBLE), events);
    // Twice the bound of 99 % confidence.
    assertThat((Double) found.get(0)).isBetween(5_000 - 1_330.0, 5_000 + 1_330.0);
    assertThat((Double) found.get(1)).isBetween(25_000 - 1_330.0, 25_000 + 1_330.0);
  }

  private static <S> @Nullable Object quantiles(
      Aggregator<S> aggregator, List<Event<Double>> events) {
    S left = fold(aggregator, events.subList(0, 30_000));
    S right = fold(aggregator, events.subList(30_000, events.size()));
    return aggregator.finish(stored(aggregator, aggregator.merge(left, right)), AS_OF);
  }

  @Property(tries = 200)
  void finds_the_trend_as_if_rounded_once(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    BigDecimal count = BigDecimal.valueOf(events.size());
    BigDecimal times = sum(events, event -> time(event));
    BigDecimal values = sum(events, event -> new BigDecimal(event.value()));
    // By its definition: distances from the means, n times as large, so that they are exact.
    BigDecimal rise =
        sum(
            events,
            event ->
                time(event)
                    .multiply(count)
                    .subtract(times)
                    .multiply(new BigDecimal(event.value()).multiply(count).subtract(values)));
    BigDecimal run = sum(events, event -> time(event).multiply(count).subtract(times).pow(2));
    check(
        Trend.of("x").per(Duration.standardHours(1)).over(FieldType.DOUBLE),
        events,
        random,
        run.signum() == 0
            ? null
            : rise.multiply(BigDecimal.valueOf(3_600_000))
                .divide(run, MathContext.DECIMAL128)
                .doubleValue());
  }

  private static BigDecimal time(Event<?> event) {
    return BigDecimal.valueOf(event.at().getMillis());
  }

  private static <V> BigDecimal sum(
      List<Event<V>> events, Function<Event<V>, BigDecimal> function) {
    return events.stream().map(function).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void a_trend_is_by_the_day() {
    Aggregator<?> trend = Trend.of("x").over(FieldType.INT32);
    List<Event<Integer>> events =
        List.of(
            new Event<>(5, AS_OF.minus(Duration.standardDays(3))),
            new Event<>(9, AS_OF.minus(Duration.standardDays(1))),
            new Event<>(11, AS_OF));
    check(trend, events, new Random(1), 2.0);
    check(trend, events.subList(0, 1), new Random(1), null);
    check(
        Trend.of("x").over(FieldType.DOUBLE),
        List.of(new Event<>(Double.NaN, AS_OF), new Event<>(1.0, AS_OF.minus(1))),
        new Random(1),
        Double.NaN);
  }

  @Property(tries = 200)
  void counts_values_between_edges(
      @ForAll("doubles") List<Event<Double>> events, @ForAll Random random) {
    double[] edges = {-1e8, -10, 0, 1e8};
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i <= edges.length; i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : edges[i - 1];
      double to = i == edges.length ? Double.POSITIVE_INFINITY : edges[i];
      expected.add(
          events.stream().filter(event -> event.value() >= from && event.value() < to).count());
    }
    check(Histogram.of("x", edges).over(FieldType.DOUBLE), events, random, expected);
  }

  @Test
  void an_edge_belongs_to_what_is_above_it() {
    List<Event<Double>> events =
        List.of(
            new Event<>(-0.0, AS_OF),
            new Event<>(1.0, AS_OF),
            new Event<>(0.99, AS_OF),
            new Event<>(Double.NaN, AS_OF));
    check(
        Histogram.of("x", 0, 1).over(FieldType.DOUBLE), events, new Random(1), List.of(0L, 2L, 2L));
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
    assertThatThrownBy(() -> Variance.of("name").asDeviation().over(FieldType.STRING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("standard deviation of name needs numbers, but the field is STRING");
    assertThatThrownBy(() -> Quantiles.of("x", 0.5, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the ranks of quantiles are 1 number or more from 0 to 1, not [0.5, 1.5]");
    assertThatThrownBy(() -> Trend.of("x").per(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a trend is per 1 ms or more, but this is 0 ms");
    assertThatThrownBy(() -> LastValues.of("picture", 2).over(FieldType.BYTES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("last 2 of picture needs values with an order");
    assertThatThrownBy(() -> Histogram.of("x", 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the edges of a histogram are 1 number or more in ascending order, not [1.0, 1.0]");
    assertThatThrownBy(() -> FirstValues.of("x", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a list has 1 value or more, not 0");
    assertThatThrownBy(() -> MostFrequent.of("x").first(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a list has 1 value or more, not 0");
    assertThatThrownBy(() -> Recency.in(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the unit must be 1 ms or more, but is PT0S");
  }

  @Test
  void logical_types_with_an_order_fit() {
    assertThat(MostFrequent.of("day").over(FieldType.logicalType(SqlTypes.DATE)).resultType())
        .isEqualTo(FieldType.logicalType(SqlTypes.DATE).withNullable(true));
    assertThat(
            CountDistinct.of("id").over(FieldType.logicalType(new UuidLogicalType())).stateType())
        .isEqualTo(FieldType.iterable(FieldType.logicalType(new UuidLogicalType())));
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
