package org.pharos.pipelines.features;

import java.util.ArrayList;
import java.util.List;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.TimeSpan;

/** Times as an option lists them, or as FROM/UNTIL/EVERY. */
final class AsOfTimes {
  private static final int MOST = 1_000;
  private static final String ALLOWED =
      "times in ISO-8601 with commas between them, or FROM/UNTIL/EVERY, are allowed, such as"
          + " 1998-01-01T00:00:00Z/1998-12-01T00:00:00Z/30d; at most "
          + MOST;

  private AsOfTimes() {}

  /**
   * The times, in order and each once.
   *
   * @throws BadOption if they are none
   */
  static List<Instant> of(String option, String value) {
    String[] range = value.split("/", -1);
    List<Instant> times = new ArrayList<>();
    if (range.length == 3) {
      Instant until = time(option, value, range[1]);
      Duration every = TimeSpan.of(option, value, range[2]);
      if (every.getMillis() == 0) {
        throw new BadOption(option, value, ALLOWED);
      }
      Instant next = time(option, value, range[0]);
      for (; !next.isAfter(until) && times.size() <= MOST; next = next.plus(every)) {
        times.add(next);
      }
    } else {
      for (String time : value.split(",", -1)) {
        times.add(time(option, value, time.strip()));
      }
    }
    if (times.isEmpty() || times.size() > MOST) {
      throw new BadOption(option, value, ALLOWED);
    }
    List<Instant> ordered = times.stream().sorted().distinct().toList();
    if (ordered.get(ordered.size() - 1).isAfterNow()) {
      throw new BadOption(
          option, value, "times until now are allowed: the events of later are not");
    }
    return ordered;
  }

  private static Instant time(String option, String value, String part) {
    try {
      return Instant.parse(part);
    } catch (IllegalArgumentException e) {
      throw new BadOption(option, value, ALLOWED);
    }
  }
}
