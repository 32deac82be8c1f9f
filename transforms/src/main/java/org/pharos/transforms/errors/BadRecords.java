package org.pharos.transforms.errors;

import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/** Brings the bad records of a transform to a handler. */
public final class BadRecords {
  private BadRecords() {}

  /**
   * Adds the bad records to the handler, moved to the global window with the default trigger: Beam
   * flattens what a handler receives, so one handler can serve transforms with different windows
   * only if all of them agree. They keep their timestamps; a handler that groups an endless stream
   * sets windows or a trigger of its own.
   */
  public static void send(PCollection<BadRecord> bad, ErrorHandler<BadRecord, ?> handler) {
    handler.addErrorCollection(
        bad.apply(
            "Into the global window",
            Window.<BadRecord>into(new GlobalWindows())
                .triggering(DefaultTrigger.of())
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes()));
  }
}
