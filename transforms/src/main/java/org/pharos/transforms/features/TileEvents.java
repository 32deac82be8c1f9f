package org.pharos.transforms.features;

import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
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
    FeatureLayout layout = definition.stateLayout();
    return EventsUntilFn.place(
            "Place events",
            rows(events),
            TileEvents.class,
            layout,
            BoundedWindow.TIMESTAMP_MAX_VALUE,
            handler)
        .apply("Key by tile", ParDo.of(new KeyByTileFn(definition)))
        .setCoder(KvCoder.of(RowCoder.of(definition.keySchema()), RowCoder.of(layout.values())))
        .apply("Aggregate by tile", Combine.perKey(new EventStates(layout)))
        .setCoder(KvCoder.of(RowCoder.of(definition.keySchema()), RowCoder.of(layout.states())))
        .apply("Lay out tiles", ParDo.of(new ConcatenateFn(definition.tileSchema())))
        .setRowSchema(definition.tileSchema());
  }

  private static <T> PCollection<Row> rows(PCollection<T> events) {
    return events.apply("Read events as rows", Convert.toRows());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("features", definition.toString()).withLabel("Features"));
  }
}
