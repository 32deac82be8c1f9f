package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.Locale;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * A window that ends when features are stated: an event counts that happened after the window's
 * begin, not at it, until the end, which belongs to it. So windows of one length that follow each
 * other count each event once.
 *
 * @param millis how long it is; {@link Long#MAX_VALUE} for a window without a begin
 */
public record Trailing(long millis) implements Serializable {
  private static final long UNBOUNDED = Long.MAX_VALUE;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /**
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public Trailing {
    if (millis < 1) {
      throw new IllegalArgumentException(
          "a window must be 1 ms long or more, but this is " + millis + " ms");
    }
  }

  /** A window of a length. */
  public static Trailing of(Duration length) {
    return new Trailing(length.getMillis());
  }

  /** A window of so many hours. */
  public static Trailing hours(int hours) {
    return new Trailing(hours * HOUR);
  }

  /** A window of so many days of 24 hours. */
  public static Trailing days(int days) {
    return new Trailing(days * DAY);
  }

  /** All until the end. */
  public static Trailing all() {
    return new Trailing(UNBOUNDED);
  }

  /** Whether it has a begin. */
  public boolean isBounded() {
    return millis != UNBOUNDED;
  }

  /** Whether an event, which is not after the end, belongs to the window. */
  public boolean covers(Instant event, Instant end) {
    return !isBounded() || event.getMillis() > end.getMillis() - millis;
  }

  /** As in a column's name: {@code 7d}, {@code 36h}, {@code 90m}, {@code 15s}, {@code all}. */
  public String label() {
    if (!isBounded()) {
      return "all";
    }
    if (millis % DAY == 0) {
      return label(DAY, "d");
    } else if (millis % HOUR == 0) {
      return label(HOUR, "h");
    } else if (millis % MINUTE == 0) {
      return label(MINUTE, "m");
    }
    return millis % SECOND == 0 ? label(SECOND, "s") : label(1, "ms");
  }

  private String label(long unit, String name) {
    return String.format(Locale.ROOT, "%d%s", millis / unit, name);
  }

  @Override
  public String toString() {
    return isBounded() ? "the last " + label() : "all";
  }
}
