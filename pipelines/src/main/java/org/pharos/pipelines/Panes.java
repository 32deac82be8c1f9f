package org.pharos.pipelines;

import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;

/** When a writer into an endless stream of rows tells how many it has written. */
public final class Panes {
  private Panes() {}

  /** One count a minute, of all rows, however late their events are: none is dropped. */
  public static Window<Row> everyMinute() {
    return Window.<Row>into(new GlobalWindows())
        .triggering(
            Repeatedly.forever(
                AfterProcessingTime.pastFirstElementInPane()
                    .plusDelayOf(Duration.standardMinutes(1))))
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }
}
