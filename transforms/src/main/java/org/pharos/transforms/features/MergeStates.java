package org.pharos.transforms.features;

import org.apache.beam.sdk.values.Row;

/** States as they are stored in, what all of them are stored as out. */
final class MergeStates extends Summary<Row> {
  private static final long serialVersionUID = 1L;

  MergeStates(FeatureLayout layout) {
    super(layout, layout.states());
  }

  @Override
  void update(Object[] states, Row stored) {
    mergeStored(states, stored);
  }

  @Override
  public Row extractOutput(Object[] states) {
    return storeApart(states); // the runner may keep the states and go on with them
  }
}
