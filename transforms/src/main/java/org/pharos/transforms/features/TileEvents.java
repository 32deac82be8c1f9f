package org.pharos.transforms.features;

import java.util.Objects;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Events in, one row an entity and tile out, with the states of its events: see {@link
 * TiledFeatures}. A tile without events does not come out.
 *
 * <p>Bounded or unbounded, per window and pane; a row is the whole tile only if the window and pane
 * hold all of its events. What is written again for a tile replaces it.
 */
public final class TileEvents extends PTransform<PCollection<?>, PCollection<Row>> {
  private static final long serialVersionUID = 1L;

  private final TiledFeatures definition;
  // Needed while the graph is built; a handler does not travel.
  private final transient @Nullable ErrorHandler<BadRecord, ?> handler;

  private TileEvents(TiledFeatures definition, @Nullable ErrorHandler<BadRecord, ?> handler) {
    this.definition = definition;
    this.handler = handler;
  }

  static TileEvents of(TiledFeatures definition) {
    return new TileEvents(definition, null);
  }

  /** Sets events aside that have no entity or no time. Default: such an event fails the job. */
  public TileEvents withErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new TileEvents(definition, Objects.requireNonNull(handler, "handler"));
  }

  @Override
  public PCollection<Row> expand(PCollection<?> events) {
    definition.checkEvents(events);
    return aggregate(events)
        .apply("Lay out tiles", ParDo.of(new ConcatenateFn(definition.tileSchema())))
        .setRowSchema(definition.tileSchema());
  }

  private <T> PCollection<KV<Row, Row>> aggregate(PCollection<T> events) {
    return events.apply(
        "Aggregate by tile",
        new CombineEvents<>(
            new EventKey.OfTile(definition),
            new MergeStates(definition.stateLayout()),
            TileEvents.class,
            BoundedWindow.TIMESTAMP_MAX_VALUE,
            handler));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("features", definition.toString()).withLabel("Features"));
  }
}
