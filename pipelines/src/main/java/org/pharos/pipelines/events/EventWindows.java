package org.pharos.pipelines.events;

import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.pharos.pipelines.BadOption;
import org.pharos.pipelines.TimeSpan;

/** Windows as options describe them: which, how long late events are waited for, early results. */
final class EventWindows {
  private static final String ALLOWED =
      "tumbling:LENGTH, sliding:LENGTH/EVERY or session:GAP is allowed, such as tumbling:10m,"
          + " sliding:1h/10m or session:30m";

  private EventWindows() {}

  /**
   * The windows, with all events of a window in each of its panes.
   *
   * @param early how often to give results of windows that are still open; empty for never
   * @throws BadOption naming the option
   */
  static Window<Row> of(String window, String allowedLateness, String early) {
    AfterWatermark.AfterWatermarkEarlyAndLate trigger =
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1));
    if (!early.isEmpty()) {
      trigger =
          trigger.withEarlyFirings(
              AfterProcessingTime.pastFirstElementInPane()
                  .plusDelayOf(positive("early", early, early)));
    }
    return Window.<Row>into(windowFn(window))
        .triggering(trigger)
        .withAllowedLateness(TimeSpan.of("allowedLateness", allowedLateness))
        .accumulatingFiredPanes();
  }

  /** Whether windows of one entity may become one. */
  static boolean merge(String window) {
    return !windowFn(window).isNonMerging();
  }

  private static WindowFn<Object, IntervalWindow> windowFn(String window) {
    String length = window.substring(window.indexOf(':') + 1);
    if (window.startsWith("tumbling:")) {
      return FixedWindows.of(positive("window", window, length));
    } else if (window.startsWith("session:")) {
      return Sessions.withGapDuration(positive("window", window, length));
    } else if (window.startsWith("sliding:") && length.contains("/")) {
      int slash = length.indexOf('/');
      Duration size = positive("window", window, length.substring(0, slash));
      Duration every = positive("window", window, length.substring(slash + 1));
      if (every.isLongerThan(size)) {
        throw new BadOption(
            "window", window, "windows must not begin farther apart than they are long");
      }
      return SlidingWindows.of(size).every(every);
    }
    throw new BadOption("window", window, ALLOWED);
  }

  private static Duration positive(String option, String value, String part) {
    Duration span = TimeSpan.of(option, value, part);
    if (span.getMillis() < 1) {
      throw new BadOption(option, value, "1ms or more is allowed");
    }
    return span;
  }
}
