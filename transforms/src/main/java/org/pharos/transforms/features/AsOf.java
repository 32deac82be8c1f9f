package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which of an entity's statements holds at a time: of those that were made until then, have not
 * expired, and were known by then, the one with the latest event time; of several with that, the
 * one known last.
 *
 * @param timeToLive how long a statement holds, both ends included, in milliseconds; null for ever
 * @param inclusive whether a statement as of exactly the time counts
 * @param known whether it must have been known; else it is as if all had been known at once
 * @param lag how long, in milliseconds, what is known takes to be served
 */
record AsOf(@Nullable Long timeToLive, boolean inclusive, boolean known, long lag)
    implements Serializable {

  /** A statement, and the times that decide. */
  record Statement(long eventTime, @Nullable Long knownAt, @Nullable Long ingestedAt, Row row) {

    /** From old to new. What is not known comes before all that is. */
    static final Comparator<Statement> ORDER =
        Comparator.comparingLong(Statement::eventTime)
            .thenComparing(
                Statement::knownAt, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            .thenComparing(
                Statement::ingestedAt, Comparator.nullsFirst(Comparator.<Long>naturalOrder()))
            // A table has one row for these times; what comes from elsewhere may have more.
            .thenComparing(statement -> String.valueOf(statement.row().getValues()));
  }

  static AsOf of(@Nullable Duration timeToLive, boolean inclusive, boolean known, Duration lag) {
    return new AsOf(
        timeToLive == null ? null : timeToLive.getMillis(), inclusive, known, lag.getMillis());
  }

  /** The latest event time that counts at a time. */
  long latest(long time) {
    return inclusive || time == Long.MIN_VALUE ? time : time - 1;
  }

  /** The earliest event time that counts at a time. */
  long earliest(long time) {
    if (timeToLive == null || time < Long.MIN_VALUE + timeToLive) {
      return Long.MIN_VALUE;
    }
    return time - timeToLive;
  }

  /** Whether a statement, known since then, could be used at a time. */
  boolean isKnown(@Nullable Long since, long time) {
    return !known || (since != null && since <= time - lag);
  }

  /** All statements of an entity, ordered for {@link History#at}. */
  History history(Iterable<Statement> statements) {
    List<Statement> ordered = new ArrayList<>();
    statements.forEach(ordered::add);
    ordered.sort(Statement.ORDER);
    return new History(this, ordered);
  }

  /** An entity's statements. */
  static final class History {
    private final AsOf rule;
    private final List<Statement> ordered;
    // When the first of this statement and all before it was known: nothing was, at a time before.
    private final long[] firstKnown;

    private History(AsOf rule, List<Statement> ordered) {
      this.rule = rule;
      this.ordered = ordered;
      this.firstKnown = new long[ordered.size()];
      long first = Long.MAX_VALUE;
      for (int i = 0; i < firstKnown.length; i++) {
        Long since = ordered.get(i).knownAt();
        first = Math.min(first, since == null ? Long.MAX_VALUE : since);
        firstKnown[i] = first;
      }
    }

    /** The statement that holds at a time; null if none does. */
    @Nullable Statement at(long time) {
      long earliest = rule.earliest(time);
      for (int i = last(rule.latest(time)); i >= 0; i--) {
        Statement statement = ordered.get(i);
        if (statement.eventTime() < earliest || !rule.isKnown(firstKnown[i], time)) {
          return null;
        }
        if (rule.isKnown(statement.knownAt(), time)) {
          return statement;
        }
      }
      return null;
    }

    /** The index of the last statement that is not later than a time. */
    private int last(long time) {
      int low = 0;
      int high = ordered.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (ordered.get(middle).eventTime() <= time) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low - 1;
    }
  }
}
