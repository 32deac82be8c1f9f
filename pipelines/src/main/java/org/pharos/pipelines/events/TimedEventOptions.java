package org.pharos.pipelines.events;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** How late events come whose times matter. */
public interface TimedEventOptions extends EventOptions {
  @Description("How far events of a partition are out of order: results wait as long.")
  @Default.String("10s")
  String getOutOfOrder();

  void setOutOfOrder(String span);

  @Description(
      "How long after that late events still change results; later ones are dropped, or set aside"
          + " where the pipeline says so.")
  @Default.String("1d")
  String getAllowedLateness();

  void setAllowedLateness(String span);
}
