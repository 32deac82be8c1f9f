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
  private static final int NONE = -1;

  private final int[] stored;
  private final int end;

  private MergeTiles(FeatureLayout layout, int[] stored, int end, Instant asOf) {
    super(layout, asOf);
    this.stored = stored;
    this.end = end;
  }

  /**
   * Of rows as a table gives them back.
   *
   * @param stateNames the columns of tiles that the features are merged from
   */
  static MergeTiles ofRows(
      FeatureLayout layout, List<String> stateNames, Schema tiles, Instant asOf) {
    int[] stored = stateNames.stream().mapToInt(tiles::indexOf).toArray();
    return new MergeTiles(layout, stored, tiles.indexOf(TiledFeatures.TILE_END), asOf);
  }

  /**
   * Of states alone, whose tiles' ends the caller knows: see {@link #merge}.
   *
   * @param stored the state that each feature is merged from
   */
  static MergeTiles ofStates(FeatureLayout layout, int[] stored, Instant asOf) {
    return new MergeTiles(layout, stored, NONE, asOf);
  }

  @Override
  void update(Object[] states, Row tile) {
    merge(states, ((ReadableInstant) Objects.requireNonNull(tile.getValue(end))).toInstant(), tile);
  }

  /** Takes the tile with this end into the states, where windows cover it. */
  void merge(Object[] states, Instant at, Row tile) {
    for (int i = 0; i < states.length; i++) {
      // A tile lies in a window as a whole or not at all, since windows are multiples of tiles.
      if (covers(i, at)) {
        states[i] = aggregator(i).merge(states[i], aggregator(i).restore(tile.getValue(stored[i])));
      }
    }
  }
}
