package org.pharos.transforms.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** A summary whose output is the row of results as of a time. */
abstract class Results<InputT> extends Summary<InputT> {
  private static final long serialVersionUID = 1L;

  private final Instant asOf;

  Results(FeatureLayout layout, Instant asOf) {
    super(layout, layout.results());
    this.asOf = asOf;
  }

  /** Whether what happened at a time counts for a feature. */
  final boolean covers(int feature, Instant at) {
    return layout().windows().get(feature).covers(at, asOf);
  }

  @Override
  public final Row extractOutput(Object[] states) {
    List<@Nullable Object> results = new ArrayList<>(states.length);
    for (int i = 0; i < states.length; i++) {
      results.add(aggregator(i).finish(states[i], asOf));
    }
    return Row.withSchema(layout().results()).attachValues(results);
  }
}
