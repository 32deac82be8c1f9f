package org.pharos.transforms.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pharos.transforms.features.AsOf.Statement;

/** What holds at a time, against every statement looked at. */
class AsOfTest {
  private static final Schema NUMBERED = Schema.builder().addInt32Field("n").build();

  private static Statement statement(
      int number, long eventTime, @Nullable Long knownAt, @Nullable Long ingestedAt) {
    return new Statement(
        eventTime, knownAt, ingestedAt, Row.withSchema(NUMBERED).addValue(number).build());
  }

  private static @Nullable Object at(AsOf rule, List<Statement> statements, long time) {
    Statement found = rule.history(statements).at(time);
    return found == null ? null : found.row().getValue("n");
  }

  /** Straight from the definition. */
  private static @Nullable Statement naive(AsOf rule, List<Statement> statements, long time) {
    Statement best = null;
    for (Statement each : statements) {
      boolean happened = rule.inclusive() ? each.eventTime() <= time : each.eventTime() < time;
      boolean holds = rule.timeToLive() == null || each.eventTime() >= time - rule.timeToLive();
      boolean known =
          !rule.known() || (each.knownAt() != null && each.knownAt() <= time - rule.lag());
      if (happened && holds && known && (best == null || Statement.ORDER.compare(each, best) > 0)) {
        best = each;
      }
    }
    return best;
  }

  @Property(tries = 1000)
  void finds_what_looking_at_every_statement_finds(
      @ForAll Random random,
      @ForAll @IntRange(max = 40) int count,
      @ForAll boolean inclusive,
      @ForAll boolean known,
      @ForAll boolean expires) {
    AsOf rule =
        new AsOf(expires ? (long) random.nextInt(12) : null, inclusive, known, random.nextInt(3));
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // Few times, so that many are tied; some known late, a few never.
      long eventTime = random.nextInt(20);
      Long knownAt = random.nextInt(8) == 0 ? null : eventTime + random.nextInt(8);
      statements.add(statement(i, eventTime, knownAt, (long) random.nextInt(3)));
      if (random.nextInt(4) == 0) {
        statements.add(statements.get(random.nextInt(statements.size())));
      }
    }
    AsOf.History history = rule.history(statements);
    for (long time = -3; time < 35; time++) {
      assertThat(history.at(time)).isEqualTo(naive(rule, statements, time));
    }
  }

  @Test
  void both_ends_of_the_time_to_live_belong_to_it() {
    AsOf rule = AsOf.of(Duration.millis(10), true, true, Duration.ZERO);
    List<Statement> one = List.of(statement(1, 100, 100L, null));
    assertThat(at(rule, one, 99)).isNull();
    assertThat(at(rule, one, 100)).isEqualTo(1);
    assertThat(at(rule, one, 110)).isEqualTo(1);
    assertThat(at(rule, one, 111)).isNull();
    AsOf strict = AsOf.of(Duration.millis(10), false, true, Duration.ZERO);
    assertThat(at(strict, one, 100)).isNull();
    assertThat(at(strict, one, 101)).isEqualTo(1);
  }

  @Test
  void a_correction_counts_from_when_it_is_known() {
    AsOf rule = AsOf.of(null, true, true, Duration.millis(5));
    List<Statement> two = List.of(statement(1, 100, 100L, null), statement(2, 100, 200L, null));
    assertThat(at(rule, two, 104)).isNull();
    assertThat(at(rule, two, 105)).isEqualTo(1);
    assertThat(at(rule, two, 204)).isEqualTo(1);
    assertThat(at(rule, two, 205)).isEqualTo(2);
    assertThat(at(AsOf.of(null, true, false, Duration.ZERO), two, 100)).isEqualTo(2);
  }

  @Test
  void the_ends_of_time_do_not_overflow() {
    AsOf rule = AsOf.of(Duration.standardDays(1), false, false, Duration.ZERO);
    List<Statement> one = List.of(statement(1, Long.MIN_VALUE, null, null));
    assertThat(at(rule, one, Long.MIN_VALUE + 1)).isEqualTo(1);
    assertThat(at(rule, one, Long.MAX_VALUE)).isNull();
  }
}
