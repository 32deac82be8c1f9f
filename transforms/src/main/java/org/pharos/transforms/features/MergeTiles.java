package org.pharos.transforms.features;

import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.joda.time.ReadableInstant;

/** Tiles of an entity in, the row of results out. */
final class MergeTiles extends Results<Row> {
  private static final long serialVersionUID = 1L;

  private final int[] stored;
  private final int end;

  /**
   * @param stateNames the columns of tiles that the features are merged from
   */
  MergeTiles(FeatureLayout layout, List<String> stateNames, Schema tiles, Instant asOf) {
    super(layout, asOf);
    this.stored = stateNames.stream().mapToInt(tiles::indexOf).toArray();
    this.end = tiles.indexOf(TiledFeatures.TILE_END);
  }

  @Override
  void update(Object[] states, Row tile) {
    Instant at = ((ReadableInstant) Objects.requireNonNull(tile.getValue(end))).toInstant();
    for (int i = 0; i < states.length; i++) {
      // A tile lies in a window as a whole or not at all, since windows are multiples of tiles.
      if (covers(i, at)) {
        states[i] = aggregator(i).merge(states[i], aggregator(i).restore(tile.getValue(stored[i])));
      }
    }
  }
}
