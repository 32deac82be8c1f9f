package org.pharos.transforms.cassandra;

import java.io.Serializable;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Since when a table is followed and until when, how often it is asked, and how far back each time.
 * Times are milliseconds since 1970.
 *
 * @param mostSeen how many keys of rows within the overlap a reader may remember
 */
record Pace(long since, long until, long pollMillis, long overlapMillis, int mostSeen)
    implements Serializable {

  /** As the time to begin at: when the job starts, by the clock of a worker. */
  static final long START_OF_THE_JOB = -1;

  /** As the time to end at. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long LONGEST_POLL = Duration.standardHours(1).getMillis();
  private static final long LONGEST_OVERLAP = Duration.standardDays(7).getMillis();

  static Pace standard() {
    return new Pace(START_OF_THE_JOB, NEVER, 1000, 10_000, 1_000_000);
  }

  Pace since(Instant time) {
    if (time.getMillis() < 0) {
      throw new IllegalArgumentException("since is 1970 or later, not " + time);
    }
    return startingAt(time.getMillis()).checked();
  }

  Pace startingAt(long time) {
    return new Pace(time, until, pollMillis, overlapMillis, mostSeen);
  }

  Pace until(Instant time) {
    if (time.getMillis() < 0) {
      throw new IllegalArgumentException("until is 1970 or later, not " + time);
    }
    return new Pace(since, time.getMillis(), pollMillis, overlapMillis, mostSeen).checked();
  }

  Pace withPoll(Duration interval) {
    if (interval.getMillis() < 10 || interval.getMillis() > LONGEST_POLL) {
      throw new IllegalArgumentException("the poll interval is 10 ms to 1 hour, not " + interval);
    }
    return new Pace(since, until, interval.getMillis(), overlapMillis, mostSeen);
  }

  Pace withOverlap(Duration overlap) {
    if (overlap.getMillis() < 1 || overlap.getMillis() > LONGEST_OVERLAP) {
      throw new IllegalArgumentException("the overlap is 1 ms to 7 days, not " + overlap);
    }
    return new Pace(since, until, pollMillis, overlap.getMillis(), mostSeen);
  }

  Pace withMostSeen(int keys) {
    if (keys < 1) {
      throw new IllegalArgumentException("at least one key is remembered, not " + keys);
    }
    return new Pace(since, until, pollMillis, overlapMillis, keys);
  }

  private Pace checked() {
    if (since != START_OF_THE_JOB && since > until) {
      throw new IllegalArgumentException(
          "since is not after until: "
              + Instant.ofEpochMilli(since)
              + " and "
              + Instant.ofEpochMilli(until));
    }
    return this;
  }

  /** Where to begin, by the clock if nothing else is said. */
  long start() {
    return since == START_OF_THE_JOB ? Math.min(until, System.currentTimeMillis()) : since;
  }
}
