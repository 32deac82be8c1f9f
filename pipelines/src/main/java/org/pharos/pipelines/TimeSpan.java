package org.pharos.pipelines;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.joda.time.Duration;

/** Lengths of time as people write them in options: 500ms, 30s, 10m, 1h, 7d. */
public final class TimeSpan {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private TimeSpan() {}

  /**
   * The length of time that an option gives.
   *
   * @throws BadOption if it is none
   */
  public static Duration of(String option, String value) {
    return of(option, value, value);
  }

  /**
   * The length of time that a part of an option's value gives.
   *
   * @throws BadOption if it is none, with the whole value
   */
  public static Duration of(String option, String value, String part) {
    Matcher span = SPAN.matcher(part);
    if (!span.matches()) {
      throw new BadOption(
          option, value, "a length of time such as 500ms, 30s, 10m, 1h or 7d is allowed");
    }
    long count = Long.parseLong(span.group(1));
    return switch (span.group(2)) {
      case "ms" -> Duration.millis(count);
      case "s" -> Duration.standardSeconds(count);
      case "m" -> Duration.standardMinutes(count);
      case "h" -> Duration.standardHours(count);
      default -> Duration.standardDays(count);
    };
  }
}
