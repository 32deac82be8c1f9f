package org.pharos.transforms.features;

import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * The first event of each key, which is forgotten when the watermark has passed it by a duration.
 */
final class FirstOfEachFn extends DoFn<KV<Row, Row>, Row> {
  private static final long serialVersionUID = 1L;

  private final Duration within;

  @StateId("seen")
  private final StateSpec<ValueState<Boolean>> seenSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("forget")
  private final TimerSpec forgetSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  FirstOfEachFn(Duration within) {
    this.within = within;
  }

  @ProcessElement
  public void process(
      @Element KV<Row, Row> event,
      @Timestamp Instant at,
      BoundedWindow window,
      @StateId("seen") ValueState<Boolean> seen,
      @TimerId("forget") Timer forget,
      OutputReceiver<Row> out) {
    if (seen.read() != null) {
      return;
    }
    seen.write(true);
    Instant watermark = forget.getCurrentRelativeTime();
    Instant from = watermark.isAfter(at) ? watermark : at;
    if (from.isBefore(window.maxTimestamp().minus(within))) {
      forget.withNoOutputTimestamp().set(from.plus(within));
    }
    out.output(event.getValue());
  }

  @OnTimer("forget")
  public void forget(@StateId("seen") ValueState<Boolean> seen) {
    seen.clear();
  }
}
