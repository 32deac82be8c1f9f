package org.pharos.transforms.features;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** By what events are combined. */
sealed interface EventKey extends Serializable {

  Schema schema();

  /** The values of the key of an event that is not misplaced. */
  List<@Nullable Object> of(Row event, Instant at);

  /** The entity alone. */
  record OfEntity(FeatureLayout layout) implements EventKey {
    @Override
    public Schema schema() {
      return layout.entity();
    }

    @Override
    public List<@Nullable Object> of(Row event, Instant at) {
      return layout.entity(event).getValues();
    }
  }

  /** The entity, and when the tile of the event ends. */
  record OfTile(TiledFeatures definition, FeatureLayout layout, Schema schema) implements EventKey {
    OfTile(TiledFeatures definition) {
      this(definition, definition.stateLayout(), definition.keySchema());
    }

    @Override
    public List<@Nullable Object> of(Row event, Instant at) {
      List<@Nullable Object> key = new ArrayList<>(layout.entity(event).getValues());
      key.add(definition.end(at));
      return key;
    }
  }
}
