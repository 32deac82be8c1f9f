package org.pharos.transforms.features;

import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** The values of events in, the row of results out. */
final class EventSummary extends Results<Row> {
  private static final long serialVersionUID = 1L;

  EventSummary(FeatureLayout layout, Instant asOf) {
    super(layout, asOf);
  }

  @Override
  void update(Object[] states, Row values) {
    Instant at = FeatureLayout.at(values);
    for (int i = 0; i < states.length; i++) {
      if (covers(i, at)) {
        update(states, i, values);
      }
    }
  }
}
