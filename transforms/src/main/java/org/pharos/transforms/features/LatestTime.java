package org.pharos.transforms.features;

import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/** When the last event happened. */
final class LatestTime implements Aggregation {

  private static final long serialVersionUID = 1L;

  @Override
  public Optional<String> field() {
    return Optional.empty();
  }

  @Override
  public Aggregator<?> over(FieldType values) {
    return new Extreme(Comparables.require(values, this), 1);
  }

  @Override
  public String toString() {
    return "time of the last event";
  }
}
