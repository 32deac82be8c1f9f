package org.pharos.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;
import org.jspecify.annotations.Nullable;

/** A bucket of a fixed width of time; see {@link Bucket#byTime}. */
public record TimeBucket(String column, String timeColumn, Duration width) implements Bucket {
  // 100 ns units from 1582-10-15, where the clock of version 1 UUIDs starts, to 1970.
  private static final long UUID_EPOCH = 0x01B21DD213814000L;
  private static final long MILLIS_PER_DAY = 86_400_000;

  public TimeBucket {
    if (width.getMillis() <= 0) {
      throw new IllegalArgumentException("the width of a bucket is positive, not " + width);
    }
    if (column.equals(timeColumn)) {
      throw new IllegalArgumentException("bucket " + column + " cannot be computed from itself");
    }
  }

  @Override
  public CqlType type() {
    return CqlType.TIMESTAMP;
  }

  @Override
  public List<String> sources() {
    return List.of(timeColumn);
  }

  @Override
  public Instant of(Row row) {
    return startOf(millis(Sources.value(this, row, timeColumn)));
  }

  /** The start of the bucket that this time falls into. */
  public Instant of(Instant time) {
    return startOf(time.getMillis());
  }

  /**
   * The buckets that hold the rows with {@code from <= time < to}, oldest first; none when the
   * interval is empty.
   */
  public List<Instant> between(Instant from, Instant to) {
    List<Instant> starts = new ArrayList<>();
    if (from.isBefore(to)) {
      long last = of(to.minus(Duration.millis(1))).getMillis();
      for (long start = of(from).getMillis(); start < last; start = next(start)) {
        starts.add(Instant.ofEpochMilli(start));
      }
      starts.add(Instant.ofEpochMilli(last));
    }
    return starts;
  }

  private long next(long start) {
    return startOf(start + width.getMillis()).getMillis();
  }

  // At the very beginning of time the bucket's start would not fit into a long: it is cut there.
  private Instant startOf(long millis) {
    long sinceStart = Math.floorMod(millis, width.getMillis());
    return Instant.ofEpochMilli(
        millis < Long.MIN_VALUE + sinceStart ? Long.MIN_VALUE : millis - sinceStart);
  }

  private long millis(@Nullable Object time) {
    if (time instanceof ReadableInstant instant) {
      return instant.getMillis();
    } else if (time instanceof java.time.LocalDate date) {
      return Math.multiplyExact(date.toEpochDay(), MILLIS_PER_DAY);
    } else if (time instanceof UUID uuid && uuid.version() == 1) {
      return Math.floorDiv(uuid.timestamp() - UUID_EPOCH, 10_000L);
    }
    throw new IllegalArgumentException(
        "bucket "
            + column
            + " needs a timestamp, date or timeuuid in "
            + timeColumn
            + ", not "
            + (time == null ? "null" : time.getClass().getName() + " " + time));
  }
}
