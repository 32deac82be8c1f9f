package org.pharos.transforms.features;

import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;

/** States as they are stored in, the row of results of all of them out. */
final class FinishStates extends Results<Row> {
  private static final long serialVersionUID = 1L;

  FinishStates(FeatureLayout layout, Instant asOf) {
    super(layout, asOf);
  }

  @Override
  void update(Object[] states, Row stored) {
    mergeStored(states, stored);
  }
}
