package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.Optional;
import org.apache.beam.sdk.schemas.Schema.FieldType;

/**
 * What to compute of the events of an entity: {@link Count}, {@link Sum}, {@link CountDistinct},
 * {@link Recency}, {@link MostFrequent}, or one of your own.
 */
public interface Aggregation extends Serializable {

  /** The field of the events that is aggregated; none when it is the events themselves. */
  Optional<String> field();

  /**
   * The algorithm for values of a type.
   *
   * @param values the type of the field, or of an event's time where there is no field
   * @throws IllegalArgumentException when it cannot aggregate such values
   */
  Aggregator<?> over(FieldType values);
}
